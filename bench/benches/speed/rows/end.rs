//! How long the end of a process takes.

use std::time::{Duration, Instant};

use raddle_backend_native::{Outcome, Program};

use crate::{
    guest::{self, Speaking},
    row::{Row, Target},
    timing::{ROUNDS, against},
};

pub(crate) const ROWS: &[Row] = &[
    Row {
        name: "from a kill of 100 threads, 50 computing, to the outcome / 10 ms",
        target: Target::AtMost(1.0),
        measure: || {
            let program = guest::program(&waiting("i32.and (local.get $number) (i32.const 1)"));
            Ok(against(Duration::from_millis(10), ROUNDS, || stop(&program, 100)))
        },
    },
    Row {
        name: "from a deadlock of 2 threads to the outcome / 200 ms",
        target: Target::AtMost(1.0),
        measure: || deadlock(1),
    },
    Row {
        name: "from a deadlock of 100 threads to the outcome / 200 ms",
        target: Target::AtMost(1.0),
        measure: || deadlock(99),
    },
];

fn stop(program: &Program, threads: u32) -> Duration {
    let speaking = Speaking::start(program.process(), threads);
    speaking.next();
    let start = Instant::now();
    speaking.kill();
    start.elapsed()
}

fn deadlock(children: u32) -> Result<crate::row::Figures, String> {
    let program = guest::program(&waiting("i32.const 0"));
    Ok(against(Duration::from_millis(200), ROUNDS, || {
        let speaking = Speaking::start(program.process(), children);
        let closed = speaking.next();
        let outcome = speaking.process.wait();
        let time = closed.elapsed();
        let Outcome::Deadlocked { threads } = outcome else { panic!("{outcome:?}") };
        assert_eq!(threads.len() as u32, children + 1);
        time
    }))
}

/// Starts `count` threads. Those that the condition holds for compute, the others wait. Says when all are there, and
/// waits, too.
fn waiting(computes: &str) -> String {
    format!(
        r#"
    (func $child (param $number i32) (result i32)
      (drop (i32.atomic.rmw.add (i32.const 2048) (i32.const 1)))
      (drop (memory.atomic.notify (i32.const 2048) (i32.const 1)))
      (if ({computes}) (then (loop $forever (br $forever))))
      (memory.atomic.wait32 (i32.const 4096) (i32.const 0) (i64.const -1)))
    (func (export "main") (param $count i32) (local $i i32) (local $there i32)
      (loop $again
        (drop (call $spawn (local.get $i)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $i) (local.get $count))))
      (loop $wait
        (local.set $there (i32.atomic.load (i32.const 2048)))
        (if (i32.lt_u (local.get $there) (local.get $count)) (then
          (drop (memory.atomic.wait32 (i32.const 2048) (local.get $there) (i64.const -1)))
          (br $wait))))
      (call $say)
      (drop (memory.atomic.wait32 (i32.const 4096) (i32.const 0) (i64.const -1))))"#
    )
}
