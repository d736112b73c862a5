//! Stacks that the embedder's code uses up.

use std::{hint::black_box, os::unix::process::ExitStatusExt};

use raddle_backend_native::{Event, Outcome, Runtime};

use crate::common::{SPAWN_AND_JOIN, child, module, program_on, returned};

#[expect(unconditional_recursion, reason = "that is what is tested")]
#[inline(never)]
fn for_ever(levels: u64) -> u64 {
    let frame = black_box([levels; 128]);
    for_ever(levels + 1) + black_box(frame)[1]
}

/// Runs the test of this name in a process of its own, which must say what has happened and end by an abort.
#[track_caller]
fn overflows(name: &str, run: impl FnOnce(&Runtime) -> Outcome) {
    if child::is_one() {
        let outcome = run(&Runtime::new().expect("a runtime"));
        unreachable!("{outcome:?}");
    }
    let output = child::end(child::again(name));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.signal(), Some(libc::SIGABRT), "{}\n{errors}", output.status);
    assert!(errors.contains("RuntimeBuilder::host_stack"), "{errors}");
}

#[test]
fn an_import_that_overflows_its_stack_is_told_of() {
    overflows("stacks::an_import_that_overflows_its_stack_is_told_of", |runtime| {
        let wat = r#"(module (import "mine" "deep" (func $deep)) (memory 1 1 shared)
          (func (export "main") (call $deep)))"#;
        let program = program_on(runtime, wat);
        let mut linker = program.linker();
        linker.func_wrap("mine", "deep", || assert_eq!(for_ever(1), 0)).expect("a new name");
        program.process_with(linker, |_| ()).run().expect("a process")
    });
}

#[test]
fn so_is_an_event_callback() {
    overflows("stacks::so_is_an_event_callback", |runtime| {
        let program = program_on(runtime, &module(&["child"], SPAWN_AND_JOIN));
        let on_event = |event: &Event| {
            if matches!(event, Event::ThreadStarted { thread: 2, .. }) {
                for_ever(1);
            }
        };
        program.process().on_event(on_event).run().expect("a process")
    });
}

#[test]
fn other_faults_are_those_whose_they_were() {
    const NAME: &str = "stacks::other_faults_are_those_whose_they_were";
    if child::is_one() {
        let runtime = Runtime::new().expect("a runtime");
        let wat = "(module (memory 1 1 shared) (func (export \"main\") (drop (i32.load (i32.const -8)))))";
        let outcome = program_on(&runtime, wat).process().run().expect("a process");
        assert!(matches!(outcome, Outcome::Trapped { .. }), "{outcome:?}");
        assert_eq!(
            program_on(&runtime, "(module (memory 1 1 shared) (func (export \"main\")))")
                .process()
                .run()
                .expect("a process"),
            returned(&[])
        );
        println!("so far so good");
        // The test's own thread is the standard library's, which tells of it.
        for_ever(1);
    }
    let output = child::end(child::again(NAME));
    let (text, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.signal(), Some(libc::SIGABRT), "{}\n{errors}", output.status);
    assert!(text.contains("so far so good") && errors.contains("has overflowed its stack"), "{errors}");
    assert!(!errors.contains("RuntimeBuilder"), "{errors}");
}
