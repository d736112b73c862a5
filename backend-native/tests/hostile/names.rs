//! Functions whose names are symbols that a demangler makes gigabytes of: whoever traps in one, or is stopped there,
//! ends all the same.

use raddle_backend_native::{Outcome, TrapKind, wasmtime};

use crate::{common::program, run::PATIENCE};

/// A C++ function of types each of which is a pair of the one before.
fn endless() -> String {
    let pairs: String = ('0'..='9').chain('A'..='P').map(|last| format!("S_IS{last}_S{last}_E")).collect();
    format!("_Z1f1AIiiE{pairs}")
}

/// How a program ends whose main function has that name and does this.
#[track_caller]
fn end(body: &str) -> Outcome {
    let program = program(&format!(
        r#"(module (import "mine" "fail" (func $fail)) (memory 1 1 shared)
          (func $"{}" (export "main") {body}))"#,
        endless()
    ));
    let mut linker = program.linker();
    linker
        .func_wrap("mine", "fail", || wasmtime::Result::<()>::Err(wasmtime::Error::msg("no such file")))
        .expect("a name");
    let process = program.process_with(linker, |_| ()).start().expect("a process");
    process.wait_timeout(PATIENCE).expect("an end")
}

#[test]
fn a_trap_in_it_is_told() {
    let Outcome::Trapped { trap, .. } = end("unreachable") else { panic!("a trap") };
    assert_eq!(trap.kind, TrapKind::Unreachable);
    assert_eq!(trap.backtrace[0].function, Some(endless()));
}

#[test]
fn an_import_that_fails_in_it_is_told() {
    let Outcome::Trapped { trap, .. } = end("(call $fail)") else { panic!("a trap") };
    assert_eq!((trap.kind, trap.message.as_str()), (TrapKind::Host, "no such file"));
    assert_eq!(trap.backtrace[0].function, Some(endless()));
}

#[test]
fn a_deadlock_in_it_is_told() {
    let wait = "(drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))";
    let Outcome::Deadlocked { threads } = end(wait) else { panic!("a deadlock") };
    assert!(threads[0].backtrace.iter().any(|frame| frame.function == Some(endless())), "{threads:?}");
}
