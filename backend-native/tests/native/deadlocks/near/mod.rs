//! Near a deadlock: at some moment only one thread could still wake the others, or only time. None of these is one, and
//! each ends in its own way.
//!
//! `once` has programs that come near once, `host` those where the only thread that goes on is in the embedder's code.
//! In the others it depends on who is faster, so they come near some hundred times: `lives`, `words`, `mutexes` and
//! `condvars`.

mod condvars;
mod host;
mod lives;
mod mutexes;
mod once;
mod words;

use raddle_backend_native::{Outcome, Program, Value};

use crate::common::{guest::guest, outcome, program, returned, rounds};

/// How often the racing programs come near to a deadlock.
const STEPS: i32 = 300;

/// Runs the program so many times: always this outcome.
#[track_caller]
fn always(program: &Program, times: u32, expected: &Outcome) {
    for _ in 0..times * rounds() {
        let process = program.process().start().expect("a process");
        assert_eq!(outcome(&process), *expected);
        assert_eq!((process.stats().live, process.stats().slots_in_use), (0, 0));
    }
}

/// Runs a program a few times whose functions begin with `$run`, main's part: a bystander is blocked from before until
/// after it.
#[track_caller]
fn ends_well(functions: &[&str], body: &str) {
    let body = format!(
        r#"
        (global $steps i32 (i32.const {STEPS})) (global $done i32 (i32.const 120))
        (func $bystander (param i32) (result i32) (call $await (global.get $done) (i32.const 1)) (i32.const 0))
        (func $status (param $is i32) (param $should_be i32)
          (if (i32.ne (local.get $is) (local.get $should_be)) (then unreachable)))
        {body}
        (func $main (export "main") (result i32) (local $bystander i32)
          (local.set $bystander (call $spawn (global.get $bystander) (i32.const 0)))
          (call $run)
          (call $count (global.get $done))
          (call $join (local.get $bystander))
          (i32.const 42))"#
    );
    let functions: Vec<&str> = ["bystander"].iter().chain(functions).copied().collect();
    always(&program(&guest(&functions, &body)), 5, &returned(&[Value::I32(42)]));
}
