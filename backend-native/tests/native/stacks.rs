//! Stacks that end: the engine's, and those in the guest's memory, checked and unchecked. And stacks that the embedder
//! has brought along.

use std::{hint::black_box, sync::Mutex, time::Duration};

use corosensei::{on_stack, stack::DefaultStack};

use crate::common::{SPAWN_AND_JOIN, checked_program, module, program, program_on, returned, run};
use raddle_backend_native::{Outcome, Runtime, ThreadState, TrapKind, Value, wasmtime::Caller};

#[test]
fn unbounded_recursion_is_a_trap_and_no_harm() {
    let wat = module(
        &["child"],
        &SPAWN_AND_JOIN
            .replace("(i32.add (local.get 0) (i32.const 1))", "(call $child (i32.add (local.get 0) (i32.const 1)))"),
    );
    let Outcome::Trapped { thread, trap } = run(&wat) else { panic!("a trap") };
    assert_eq!((thread.id, trap.kind), (2, TrapKind::StackOverflow));
    // The host goes on.
    assert_eq!(run(&module(&["child"], SPAWN_AND_JOIN)), returned(&[Value::I32(42)]));
}

/// Recursion that uses 1 KiB of the linear stack a level, `local 0` levels deep.
const LINEAR_STACK: &str = r#"(module
    (import "raddle_v1" "thread_spawn" (func $thread_spawn (param i32 i32 i32 i32) (result i32)))
    (import "raddle_v1" "thread_join" (func $thread_join (param i32 i64 i32) (result i32)))
    (memory 4 1024 shared) (table 2 funcref) (elem (i32.const 1) func $child)
    (global $__stack_pointer (mut i32) (i32.const 131072))
    (export "__stack_pointer" (global $__stack_pointer))
    (func $child (param i32) (result i32)
      (global.set $__stack_pointer (i32.sub (global.get $__stack_pointer) (i32.const 1024)))
      (memory.fill (global.get $__stack_pointer) (i32.const 255) (i32.const 1024))
      (if (local.get 0) (then (drop (call $child (i32.sub (local.get 0) (i32.const 1))))))
      (global.set $__stack_pointer (i32.add (global.get $__stack_pointer) (i32.const 1024)))
      (i32.const 0))
    (func (export "main") (param i32) (result i32)
      (if (call $thread_spawn (i32.const 1) (local.get 0) (i32.const 0) (i32.const 16)) (then unreachable))
      (call $thread_join (i32.load (i32.const 16)) (i64.const -1) (i32.const 0))))"#;

#[test]
fn a_checked_stack_traps_at_its_end() {
    let run = |levels: i32| {
        let process = checked_program(LINEAR_STACK).process().entry("main").entry_args([Value::I32(levels)]);
        process.run().expect("a process")
    };
    assert_eq!(run(250), returned(&[Value::I32(0)]));
    let Outcome::Trapped { thread, trap } = run(260) else { panic!("a trap") };
    assert_eq!((thread.id, trap.kind), (2, TrapKind::StackOverflow));
    assert_eq!(trap.backtrace[0].function.as_deref(), Some("child"));
}

#[test]
fn an_unchecked_stack_that_was_overrun_is_noticed_at_its_end() {
    // The default size of 256 KiB, rounded up for whole pages.
    let process = program(LINEAR_STACK).process().entry("main").entry_args([Value::I32(262)]);
    let Outcome::Trapped { thread, trap } = process.run().expect("a process") else { panic!("a trap") };
    assert_eq!((thread.id, trap.kind), (2, TrapKind::StackOverflow));
}

#[test]
fn so_is_mains_where_the_embedder_sets_its_size() {
    let wat = LINEAR_STACK.replace(
        r#"(func (export "main") (param i32) (result i32)"#,
        r#"(func (export "deep") (param i32) (result i32) (call $child (local.get 0)))
        (func (export "main") (param i32) (result i32)"#,
    );
    let run = |levels: i32| {
        let process = program(&wat).process().stack_size(64 * 1024).entry("deep").entry_args([Value::I32(levels)]);
        process.run().expect("a process")
    };
    assert_eq!(run(60), returned(&[Value::I32(0)]));
    // One level more than there is room for, `local 0` being 0 at the last.
    let Outcome::Trapped { thread, trap } = run(64) else { panic!("a trap") };
    assert_eq!((thread.id, trap.kind), (1, TrapKind::StackOverflow));
}

#[test]
fn an_import_may_wait_on_a_stack_of_its_own() {
    let wat = r#"(module (import "mine" "wait" (func $wait)) (memory 1 1 shared) (func (export "main") (call $wait)))"#;
    // Made before those of a new runtime, it lies above them.
    let stack = Mutex::new(DefaultStack::new(256 * 1024).expect("a stack"));
    let program = program_on(&Runtime::new().expect("a runtime"), wat);
    let mut linker = program.linker();
    linker
        .func_wrap("mine", "wait", move |caller: Caller<'_, ThreadState<()>>| {
            let mut stack = stack.lock().expect("no panic");
            let here = black_box([0x5a_u8; 4096]);
            let is_same = on_stack(&mut *stack, || {
                let there = black_box(here);
                // Long enough for what is below to be given back.
                assert!(!caller.data().wait_ended(Duration::from_millis(50)));
                black_box(there) == here
            });
            assert!(is_same);
        })
        .expect("a new name");
    assert_eq!(program.process_with(linker, |_| ()).run().expect("a process"), returned(&[]));
}

#[test]
fn imports_have_the_stack_that_the_runtime_gives_them() {
    #[inline(never)]
    fn deep(levels: u32) -> u64 {
        let frame = black_box([u64::from(levels); 128]);
        if levels == 0 { 0 } else { deep(levels - 1) + black_box(frame)[1] }
    }

    // The guest first uses some of its own. Then a kilobyte a level is more than all that there is unless one asks for
    // more.
    let wat = r#"(module (import "mine" "deep" (func $deep)) (memory 1 1 shared)
      (func $down (param i32)
        (if (local.get 0) (then (call $down (i32.sub (local.get 0) (i32.const 1)))) (else (call $deep))))
      (func (export "main") (call $down (i32.const 5000))))"#;
    let program = program_on(&Runtime::builder().host_stack(32 << 20).build().expect("a runtime"), wat);
    let mut linker = program.linker();
    linker.func_wrap("mine", "deep", || assert_eq!(deep(1500), 1500 * 1501 / 2)).expect("a new name");
    assert_eq!(program.process_with(linker, |_| ()).run().expect("a process"), returned(&[]));
}
