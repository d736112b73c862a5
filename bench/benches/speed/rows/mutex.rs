//! Locking and unlocking, with nobody else about and with somebody else at it, too.

use std::{hint::black_box, sync::Mutex, time::Duration};

use crate::{
    guest,
    native::in_pair,
    row::{Row, Target},
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
        name: "contended mutex, two threads / std::sync::Mutex",
        target: Target::AtMost(1.25),
        measure: || {
            let program = guest::program(CONTENDED);
            Ok(alternate(ROUNDS, || guest::time(&program, TOGETHER), together).each(TOGETHER))
        },
    },
];

const ALONE: u32 = 2_000_000;
const TOGETHER: u32 = 1_000_000;

fn alone() {
    let mutex = Mutex::new(0_u32);
    for _ in 0..ALONE {
        *black_box(&mutex).lock().expect("no panic") += 1;
    }
}

fn together() -> Duration {
    let shared = Mutex::new(0_u32);
    let time = in_pair(|_| {
        for _ in 0..TOGETHER / 2 {
            *shared.lock().expect("no panic") += 1;
        }
    });
    assert_eq!(*shared.lock().expect("no panic"), TOGETHER);
    time
}

/// Two threads lock and unlock a mutex, `count` times together. Each tries by itself first, as the ABI has it and
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
    (func (export "main") (param $count i32) (local $child i32)
      (local.set $count (i32.shr_u (local.get $count) (i32.const 1)))
      (local.set $child (call $spawn (local.get $count)))
      (call $say)
      (drop (call $child (local.get $count)))
      (call $join (local.get $child))
      (call $say)
      (if (i32.ne (i32.load (i32.const 4096)) (i32.mul (local.get $count) (i32.const 2))) (then unreachable)))"#;

/// One thread locks and unlocks a mutex that nobody else wants.
fn uncontended() -> String {
    CONTENDED.replace("(export \"main\")", "(export \"two\")")
        + r#"(func (export "main") (param $count i32)
               (call $say) (drop (call $child (local.get $count))) (call $say))"#
}
