//! Locking and unlocking, with nobody else about and with somebody else at it, too.

use std::{hint::black_box, sync::Mutex, thread, time::Duration};

use crate::{
    guest,
    row::{Figures, Row, Target},
    timing::{ROUNDS, alternate, time},
};

pub(crate) const ROWS: &[Row] = &[
    Row {
        name: "uncontended mutex / std::sync::Mutex",
        target: Target::AtMost(1.25),
        measure: || {
            let program = guest::program(&uncontended());
            Ok(alternate(ROUNDS, || guest::time(&program, ALONE), || time(alone)).each(ALONE))
        },
    },
    Row {
        name: "contended mutex, 2 threads / std::sync::Mutex",
        target: Target::AtMost(1.25),
        measure: || contended(2),
    },
    Row {
        name: "contended mutex, 8 threads / std::sync::Mutex",
        target: Target::AtMost(1.25),
        measure: || contended(8),
    },
    Row {
        name: "contended mutex, 64 threads / std::sync::Mutex",
        target: Target::AtMost(1.25),
        measure: || contended(64),
    },
];

const ALONE: u32 = 2_000_000;

/// So many locks that a round takes some tenths of a second or more: in less, how soon each thread gets a processor
/// decides it.
const TOGETHER: u32 = 1 << 24;
const ROUNDS_TOGETHER: usize = 7;

fn alone() {
    let mutex = Mutex::new(0_u32);
    for _ in 0..ALONE {
        *black_box(&mutex).lock().expect("no panic") += 1;
    }
}

fn contended(threads: u32) -> Result<Figures, String> {
    let program = guest::program(&CONTENDED.replace("THREADS", &threads.to_string()));
    Ok(alternate(ROUNDS_TOGETHER, || guest::time(&program, TOGETHER), || together(threads)).each(TOGETHER))
}

fn together(threads: u32) -> Duration {
    let shared = Mutex::new(0_u32);
    let work = || {
        for _ in 0..TOGETHER / threads {
            *shared.lock().expect("no panic") += 1;
        }
    };
    let time = time(|| {
        thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(work);
            }
            work();
        });
    });
    assert_eq!(*shared.lock().expect("no panic"), TOGETHER);
    time
}

/// As many threads lock and unlock a mutex, `count` times together. Each tries by itself first, as the ABI has it and
/// compilers inline it.
const CONTENDED: &str = r#"
    (func $child (param $count i32) (result i32) (local $id i32)
      (local.set $id (call $thread_id))
      (loop $again
        (if (i32.atomic.rmw.cmpxchg (i32.const 2048) (i32.const 0) (local.get $id)) (then
          (if (call $mutex_lock (i32.const 2048) (i64.const -1)) (then unreachable))))
        (i32.store (i32.const 4096) (i32.add (i32.load (i32.const 4096)) (i32.const 1)))
        (if (i32.ne (i32.atomic.rmw.cmpxchg (i32.const 2048) (local.get $id) (i32.const 0)) (local.get $id)) (then
          (if (call $mutex_unlock (i32.const 2048)) (then unreachable))))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br_if $again (local.get $count)))
      (i32.const 0))
    (func (export "main") (param $count i32) (local $at i32)
      (local.set $count (i32.div_u (local.get $count) (i32.const THREADS)))
      (call $say)
      (loop $next
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (if (i32.lt_u (local.get $at) (i32.mul (i32.const 4) (i32.const THREADS))) (then
          (i32.store offset=8192 (local.get $at) (call $spawn (local.get $count)))
          (br $next))))
      (drop (call $child (local.get $count)))
      (loop $next
        (local.set $at (i32.sub (local.get $at) (i32.const 4)))
        (if (local.get $at) (then
          (call $join (i32.load offset=8192 (local.get $at)))
          (br $next))))
      (call $say)
      (if (i32.ne (i32.load (i32.const 4096)) (i32.mul (local.get $count) (i32.const THREADS))) (then unreachable)))"#;

/// One thread locks and unlocks a mutex that nobody else wants.
fn uncontended() -> String {
    CONTENDED.replace("(export \"main\")", "(export \"many\")").replace("THREADS", "1")
        + r#"(func (export "main") (param $count i32)
               (call $say) (drop (call $child (local.get $count))) (call $say))"#
}
