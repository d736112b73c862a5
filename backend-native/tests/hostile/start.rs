//! Modules whose start function waits for ever, or calls what does: nothing of the engine's keeps a thread that the
//! host cannot end.

use std::time::Duration;

use raddle_backend_native::{Outcome, Waiting};

use crate::{common::program, run::PATIENCE};

/// How a process ends whose start function does this, with these other functions; `main` is not reached.
#[track_caller]
fn end(start: &str, others: &str) -> Outcome {
    let wat = format!(
        r#"(module (memory 1 1 shared) {others}
          (func $start {start}) (start $start)
          (func (export "main")))"#
    );
    let process = program(&wat).process().time_limit(Duration::from_millis(500)).start().expect("a process");
    process.wait_timeout(PATIENCE).expect("an end")
}

const WAIT: &str = "(drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))";

/// It is found, as any wait is.
#[track_caller]
fn assert_deadlock(outcome: Outcome) {
    let Outcome::Deadlocked { threads } = outcome else { panic!("{outcome:?}") };
    assert_eq!(threads[0].waiting, Waiting::Memory { address: 64 });
}

#[test]
fn a_start_function_that_waits() {
    assert_deadlock(end(WAIT, ""));
}

#[test]
fn a_start_function_that_waits_where_there_are_segments_too() {
    assert_deadlock(end(WAIT, r#"(data (i32.const 0) "x")"#));
}

#[test]
fn a_start_function_that_calls_one_that_waits() {
    assert_deadlock(end("(call $wait)", &format!("(func $wait {WAIT})")));
}

#[test]
fn a_start_function_that_waits_for_an_hour() {
    assert_eq!(end(&WAIT.replace("-1", "3600000000000"), ""), Outcome::TimedOut);
}

#[test]
fn a_start_function_that_computes() {
    assert_eq!(end("(loop $forever (br $forever))", ""), Outcome::TimedOut);
}
