//! Exceptions: caught, not caught, and more than there is room for.

use crate::common::{SPAWN_AND_JOIN, module, program, returned, run};
use raddle_backend_native::{Outcome, TrapKind, Value};

/// A module with a shared memory, a tag and a function that throws.
fn throws(main: &str) -> String {
    format!(
        r#"(module (memory 1 1 shared) (tag $thrown (param i64)) (table $kept 20 exnref)
        (func $throw (throw $thrown (i64.const 7)))
        (func (export "main") (param $times i32) (result i32) {main}))"#
    )
}

fn run_times(wat: &str, times: i32) -> Outcome {
    program(wat).process().entry("main").entry_args([Value::I32(times)]).run().expect("a process")
}

#[test]
fn one_that_main_does_not_catch_is_a_trap_with_its_frames() {
    let Outcome::Trapped { thread, trap } = run_times(&throws("(call $throw) (i32.const 1)"), 0) else {
        panic!("a trap")
    };
    assert_eq!((thread.id, trap.kind), (1, TrapKind::UncaughtException));
    assert_eq!(trap.backtrace.first().and_then(|frame| frame.function.as_deref()), Some("throw"), "{trap:?}");
    assert_eq!(trap.backtrace.len(), 2, "{trap:?}");
}

#[test]
fn one_that_a_child_does_not_catch_ends_the_process() {
    let body = SPAWN_AND_JOIN.replace("(i32.add (local.get 0) (i32.const 1))", "(throw $thrown)");
    let wat = module(&["child"], &format!("(tag $thrown) {body}"));
    let Outcome::Trapped { thread, trap } = run(&wat) else { panic!("a trap") };
    assert_eq!((thread.id, trap.kind), (2, TrapKind::UncaughtException));
    assert_eq!(trap.backtrace.first().and_then(|frame| frame.function.as_deref()), Some("child"), "{trap:?}");
}

#[test]
fn those_that_are_caught_are_collected() {
    let wat = throws(
        "(loop $again
           (block $caught (result i64) (try_table (catch $thrown $caught) (call $throw)) (i64.const 0))
           (if (i64.ne (i64.const 7)) (then unreachable))
           (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
         (local.get $times)",
    );
    // Each takes 40 bytes: together, more than a thread may have.
    assert_eq!(run_times(&wat, 150_000), returned(&[Value::I32(0)]));
}

#[test]
fn a_guest_that_keeps_too_many_traps_and_the_host_goes_on() {
    let wat = throws(
        "(drop (table.grow $kept (ref.null exn) (local.get $times)))
         (loop $again
           (table.set $kept (local.get $times)
             (block $caught (result exnref)
               (try_table (catch_all_ref $caught) (call $throw))
               (ref.null exn)))
           (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
         (local.get $times)",
    );
    assert_eq!(run_times(&wat, 100), returned(&[Value::I32(0)]));
    let Outcome::Trapped { thread, trap } = run_times(&wat, 150_000) else { panic!("a trap") };
    assert_eq!(thread.id, 1);
    assert_eq!((trap.kind, &*trap.message), (TrapKind::Other, "there is no room for more exceptions"));
    assert_eq!(run_times(&wat, 100), returned(&[Value::I32(0)]));
}
