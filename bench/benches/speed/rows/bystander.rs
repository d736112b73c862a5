//! A process that computes, beside another of the same runtime to which things happen fifty times a second at most. Its
//! answer is checked, and its speed is held against the same with nobody beside it: how long it ran, without what it
//! waited for a processor that others had.
//!
//! Thousands of times a second would measure the system: whenever a process's memory goes, every processor that runs a
//! thread of the application is interrupted, and every switch of threads costs what was in the caches.

use std::{
    sync::atomic::{AtomicU32, Ordering::SeqCst},
    thread,
    time::Duration,
};

use raddle_backend_native::{Outcome, Program, TrapKind};

use crate::{
    guest::{self, KERNEL, Speaking},
    row::{Figures, Row, Target},
    timing::{ROUNDS, alternate},
};

pub(crate) const ROWS: &[Row] = &[
    Row {
        name: "a computing process beside one killed 50 times a second / alone",
        target: TARGET,
        measure: || {
            beside(
                &waiters("(drop (memory.atomic.wait32 (i32.const 4096) (i32.const 0) (i64.const 3600000000000)))"),
                |it| {
                    let speaking = Speaking::start(it.process(), 3);
                    speaking.next();
                    speaking.kill();
                },
            )
        },
    },
    Row {
        name: "a computing process beside one trapping 50 times a second / alone",
        target: TARGET,
        measure: || {
            beside(&waiters("unreachable"), |it| {
                let outcome = Speaking::start(it.process(), 3).process.wait();
                assert!(matches!(&outcome, Outcome::Trapped { trap, .. } if trap.kind == TrapKind::Unreachable));
            })
        },
    },
    Row {
        name: "a computing process beside one deadlocking 50 times a second / alone",
        target: TARGET,
        measure: || {
            beside(&waiters("(call $join (local.get $last))"), |it| {
                let outcome = Speaking::start(it.process(), 3).process.wait();
                assert!(matches!(&outcome, Outcome::Deadlocked { threads } if threads.len() == 4));
            })
        },
    },
    Row {
        name: "a computing process beside one that spawns 1,000 threads / alone",
        target: TARGET,
        measure: || {
            beside(THREAD_BOMB, |it| {
                let outcome = Speaking::start(it.process().max_threads(1000), 0).process.wait();
                assert_eq!(outcome, Outcome::Returned(vec![]));
            })
        },
    },
    Row {
        name: "a computing process beside one that takes 64 MiB / alone",
        target: TARGET,
        measure: || {
            beside(MEMORY_BOMB, |it| {
                let outcome = Speaking::start(it.process().max_memory(64 << 20), 0).process.wait();
                assert_eq!(outcome, Outcome::Returned(vec![]));
            })
        },
    },
];

/// What others of the machine's doings make of it anyway.
const TARGET: Target = Target::AtMost(1.1);

/// How often the bystander computes in one round.
const COUNT: u32 = 400;

/// From one thing that happens to the neighbour to the next.
const PAUSE: Duration = Duration::from_millis(20);

/// Times the bystander while `run` is called again and again, and alone.
fn beside(neighbour: &str, run: impl Fn(&Program) + Sync) -> Result<Figures, String> {
    let (bystander, neighbour) = (guest::program(KERNEL), guest::program(neighbour));
    let with_neighbour = || {
        let runs = AtomicU32::new(0);
        let is_over = AtomicU32::new(0);
        thread::scope(|scope| {
            scope.spawn(|| {
                while is_over.load(SeqCst) == 0 {
                    run(&neighbour);
                    runs.fetch_add(1, SeqCst);
                    thread::sleep(PAUSE);
                }
            });
            while runs.load(SeqCst) == 0 {
                thread::yield_now();
            }
            let time = guest::time_run(&bystander, COUNT);
            is_over.store(1, SeqCst);
            time
        })
    };
    Ok(alternate(ROUNDS, with_neighbour, || guest::time_run(&bystander, COUNT)))
}

/// Starts `count` threads that wait, says so, and then does something.
fn waiters(then: &str) -> String {
    format!(
        r#"
    (func $child (param i32) (result i32) (memory.atomic.wait32 (i32.const 4096) (i32.const 0) (i64.const -1)))
    (func (export "main") (param $count i32) (local $last i32)
      (loop $again
        (local.set $last (call $spawn (local.get $count)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br_if $again (local.get $count)))
      (call $say)
      {then})"#
    )
}

/// Spawns threads that wait until no more are given, and returns.
const THREAD_BOMB: &str = r#"
    (func $child (param i32) (result i32) (memory.atomic.wait32 (i32.const 4096) (i32.const 0) (i64.const -1)))
    (func (export "main") (param i32)
      (loop $again
        (br_if $again
          (i32.eqz (call $thread_spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1024))))))"#;

/// Grows the memory and writes to each new page of the host's, until no more is given, and returns.
const MEMORY_BOMB: &str = r#"
    (func $child (param i32) (result i32) (local.get 0))
    (func (export "main") (param i32) (local $at i32) (local $end i32)
      (loop $again
        (local.set $at (memory.grow (i32.const 16)))
        (if (i32.ne (local.get $at) (i32.const -1)) (then
          (local.set $at (i32.shl (local.get $at) (i32.const 16)))
          (local.set $end (i32.add (local.get $at) (i32.const 1048576)))
          (loop $touch
            (i32.store (local.get $at) (i32.const 1))
            (local.set $at (i32.add (local.get $at) (i32.const 4096)))
            (br_if $touch (i32.lt_u (local.get $at) (local.get $end))))
          (br $again)))))"#;
