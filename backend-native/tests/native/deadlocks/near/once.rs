//! Programs that come near to a deadlock once: somebody's time-out, sleep or answer is all that there is.

use std::{sync::mpsc, time::Duration};

use raddle_backend_native::{Outcome, TrapKind, Value};

use super::always;
use crate::common::{Signal, guest::guest, outcome, program, receive, returned};

/// Runs the program a few times: always this outcome.
#[track_caller]
fn ends(functions: &[&str], body: &str, expected: &Outcome) {
    always(&program(&guest(functions, body)), 5, expected);
}

/// A function to spawn, that waits for ever for a word that counts to 1; others go on when main counts.
const WAITER: &str = r#"
    (global $word i32 (i32.const 128))
    (func $waiter (param i32) (result i32) (call $await (global.get $word) (i32.const 1)) (i32.const 0))"#;

/// Main spawns a waiter and does something, which may not be called a deadlock; then it wakes the waiter.
#[track_caller]
fn beside_a_waiter(act: &str) {
    let body = format!(
        r#"{WAITER}
        (global $other i32 (i32.const 132)) (global $mutex i32 (i32.const 136)) (global $cond i32 (i32.const 140))
        (func $status (param $is i32) (param $should_be i32)
          (if (i32.ne (local.get $is) (local.get $should_be)) (then unreachable)))
        (func (export "main") (local $waiter i32)
          (local.set $waiter (call $spawn (global.get $waiter) (i32.const 0)))
          {act}
          (call $count (global.get $word))
          (call $join (local.get $waiter)))"#
    );
    ends(&["waiter"], &body, &returned(&[]));
}

#[test]
fn a_wait_that_ends_by_itself() {
    beside_a_waiter(
        "(call $status (memory.atomic.wait32 (global.get $other) (i32.const 0) (i64.const 20000000)) (i32.const 2))",
    );
    beside_a_waiter(
        "(call $status (memory.atomic.wait64 (global.get $mutex) (i64.const 0) (i64.const 20000000)) (i32.const 2))",
    );
}

#[test]
fn a_join_that_ends_by_itself() {
    beside_a_waiter(
        "(call $status (call $thread_join (local.get $waiter) (i64.const 20000000) (i32.const 0)) (i32.const 6))",
    );
}

#[test]
fn a_sleep() {
    beside_a_waiter("(call $sleep (i32.const 20))");
}

#[test]
fn a_wait_on_a_condition_variable_that_ends_by_itself() {
    beside_a_waiter(
        "(call $lock (global.get $mutex)) (call $status (call $cond_wait (global.get $cond) (global.get $mutex) (i64.const 20000000)) (i32.const 6))",
    );
}

#[test]
fn a_mutex_that_one_owns_already() {
    beside_a_waiter(
        "(call $lock (global.get $mutex)) (call $status (call $mutex_lock (global.get $mutex) (i64.const -1)) (i32.const 4))",
    );
}

#[test]
fn a_join_of_oneself() {
    beside_a_waiter("(call $status (call $thread_join (call $thread_id) (i64.const -1) (i32.const 0)) (i32.const 4))");
}

#[test]
fn a_wait_for_another_value() {
    beside_a_waiter(
        "(call $status (memory.atomic.wait32 (global.get $other) (i32.const 1) (i64.const -1)) (i32.const 1))",
    );
}

#[test]
fn a_thread_that_computes() {
    beside_a_waiter(
        "(loop $again (br_if $again (i32.lt_u (i32.atomic.rmw.add (global.get $other) (i32.const 1)) (i32.const 3000000))))",
    );
}

#[test]
fn a_thread_that_gives_way_again_and_again() {
    beside_a_waiter(
        "(loop $again (call $thread_yield) (br_if $again (i32.lt_u (i32.atomic.rmw.add (global.get $other) (i32.const 1)) (i32.const 3000))))",
    );
}

#[test]
fn a_lock_that_ends_by_itself() {
    // The holder waits for the one that wants its mutex, but not for ever.
    ends(
        &["holder"],
        r#"
        (global $mutex i32 (i32.const 128)) (global $held i32 (i32.const 132)) (global $given_up i32 (i32.const 136))
        (func $holder (param i32) (result i32)
          (call $lock (global.get $mutex)) (call $count (global.get $held))
          (call $await (global.get $given_up) (i32.const 1))
          (call $unlock (global.get $mutex))
          (i32.const 0))
        (func (export "main") (result i32) (local $holder i32) (local $status i32)
          (local.set $holder (call $spawn (global.get $holder) (i32.const 0)))
          (call $await (global.get $held) (i32.const 1))
          (local.set $status (call $mutex_lock (global.get $mutex) (i64.const 20000000)))
          (call $count (global.get $given_up))
          (call $join (local.get $holder))
          (local.get $status))"#,
        &returned(&[Value::I32(6)]),
    );
}

#[test]
fn a_sleeper_for_whom_everybody_waits() {
    ends(
        &["waiter", "locker", "on_cond", "sleeper"],
        r#"
        (global $word i32 (i32.const 128)) (global $mutex i32 (i32.const 132)) (global $cond i32 (i32.const 136))
        (global $other i32 (i32.const 140)) (global $waiting i32 (i32.const 144))
        (func $waiter (param i32) (result i32) (call $await (global.get $word) (i32.const 1)) (i32.const 0))
        (func $locker (param i32) (result i32) (call $lock (global.get $mutex)) (call $unlock (global.get $mutex)) (i32.const 0))
        (func $on_cond (param i32) (result i32)
          (call $lock (global.get $other))
          (call $count (global.get $waiting))
          (call $wait_on (global.get $cond) (global.get $other))
          (call $unlock (global.get $other))
          (i32.const 0))
        (func $sleeper (param i32) (result i32)
          (call $lock (global.get $mutex))
          (call $await (global.get $waiting) (i32.const 1))
          (call $sleep (i32.const 20))
          (call $lock (global.get $other)) (call $unlock (global.get $other))
          (if (i32.ne (call $cond_notify (global.get $cond) (i32.const -1)) (i32.const 1)) (then unreachable))
          (call $count (global.get $word))
          (call $unlock (global.get $mutex))
          (i32.const 0))
        (func (export "main") (local $sleeper i32) (local $waiter i32) (local $locker i32) (local $on_cond i32)
          (local.set $sleeper (call $spawn (global.get $sleeper) (i32.const 0)))
          (local.set $waiter (call $spawn (global.get $waiter) (i32.const 0)))
          (local.set $locker (call $spawn (global.get $locker) (i32.const 0)))
          (local.set $on_cond (call $spawn (global.get $on_cond) (i32.const 0)))
          (call $join (local.get $waiter)) (call $join (local.get $locker))
          (call $join (local.get $on_cond)) (call $join (local.get $sleeper)))"#,
        &returned(&[]),
    );
}

#[test]
fn one_of_many_on_a_condition_variable_with_a_time_out() {
    // Four wait for ever and one for a while; that one wakes them.
    ends(
        &["waiter"],
        r#"
        (global $mutex i32 (i32.const 128)) (global $cond i32 (i32.const 132)) (global $open i32 (i32.const 136))
        (func $waiter (param $timeout_ms i32) (result i32) (local $status i32)
          (call $lock (global.get $mutex))
          (loop $again
            (if (i32.eqz (i32.load (global.get $open))) (then
              (local.set $status (call $cond_wait (global.get $cond) (global.get $mutex)
                (select (i64.const -1) (i64.const 20000000) (i32.eqz (local.get $timeout_ms)))))
              (if (i32.eq (local.get $status) (i32.const 6)) (then
                (i32.store (global.get $open) (i32.const 1))
                (drop (call $cond_notify (global.get $cond) (i32.const -1)))))
              (br $again))))
          (call $unlock (global.get $mutex))
          (i32.const 0))
        (func (export "main") (local $first i32)
          (local.set $first (call $spawn (global.get $waiter) (i32.const 0)))
          (drop (call $spawn (global.get $waiter) (i32.const 0)))
          (drop (call $spawn (global.get $waiter) (i32.const 20)))
          (drop (call $spawn (global.get $waiter) (i32.const 0)))
          (call $join (local.get $first))
          (drop (call $waiter (i32.const 0))))"#,
        &returned(&[]),
    );
}

#[test]
fn time_outs_that_are_over_together() {
    // Ten threads wait equally long for the same word and then on the same condition variable; main joins each for
    // ever.
    ends(
        &["waiter"],
        r#"
        (global $ready i32 (i32.const 128)) (global $word i32 (i32.const 132)) (global $mutex i32 (i32.const 136))
        (func $waiter (param i32) (result i32)
          (call $count (global.get $ready))
          (call $await (global.get $ready) (i32.const 10))
          (if (i32.ne (memory.atomic.wait32 (global.get $word) (i32.const 0) (i64.const 10000000)) (i32.const 2)) (then unreachable))
          (call $lock (global.get $mutex))
          (if (i32.ne (call $cond_wait (global.get $word) (global.get $mutex) (i64.const 10000000)) (i32.const 6)) (then unreachable))
          (call $unlock (global.get $mutex))
          (i32.const 0))
        (func (export "main") (local $i i32)
          (loop $spawn
            (i32.store (i32.add (i32.const 256) (i32.shl (local.get $i) (i32.const 2))) (call $spawn (global.get $waiter) (i32.const 0)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $spawn (i32.lt_u (local.get $i) (i32.const 10))))
          (loop $join
            (local.set $i (i32.sub (local.get $i) (i32.const 1)))
            (call $join (i32.load (i32.add (i32.const 256) (i32.shl (local.get $i) (i32.const 2)))))
            (br_if $join (local.get $i))))"#,
        &returned(&[]),
    );
}

#[test]
fn a_destructor_that_takes_its_time() {
    // Main joins a thread that has returned, and only its destructor runs on and wakes the third.
    ends(
        &["child", "destructor", "waiter"],
        &format!(
            r#"{WAITER}
            (func $destructor (param i32) (call $sleep (i32.const 10)) (call $count (global.get $word)))
            (func $child (param i32) (result i32)
              (call $ok (call $tls_set (i32.load (i32.const 132)) (i32.const 1)))
              (i32.const 0))
            (func (export "main") (local $child i32) (local $waiter i32)
              (call $ok (call $tls_create (global.get $destructor) (i32.const 132)))
              (local.set $waiter (call $spawn (global.get $waiter) (i32.const 0)))
              (local.set $child (call $spawn (global.get $child) (i32.const 0)))
              (call $join (local.get $child)) (call $join (local.get $waiter)))"#
        ),
        &returned(&[]),
    );
}

#[test]
fn a_spawn_that_is_refused() {
    // Refused again and again, while the others wait for the spawner.
    let program = program(&guest(
        &["waiter"],
        &format!(
            r#"{WAITER}
            (func (export "main") (result i32) (local $first i32) (local $second i32) (local $refused i32)
              (local.set $first (call $spawn (global.get $waiter) (i32.const 0)))
              (local.set $second (call $spawn (global.get $waiter) (i32.const 0)))
              (loop $again
                (local.set $refused (i32.add (local.get $refused)
                  (call $thread_spawn (global.get $waiter) (i32.const 0) (i32.const 0) (i32.const 132))))
                (br_if $again (i32.lt_u (local.get $refused) (i32.const 100))))
              (call $count (global.get $word))
              (call $join (local.get $first)) (call $join (local.get $second))
              (local.get $refused))"#
        ),
    ));
    let process = program.process().max_threads(3).start().expect("a process");
    assert_eq!(outcome(&process), returned(&[Value::I32(100)]));
}

/// Three threads wait for ever, in three ways, for a main thread that does something else at the end.
fn with_everybody_else_blocked(end: &str) -> String {
    guest(
        &["waiter", "locker", "on_cond"],
        &format!(
            r#"
            (global $waiting i32 (i32.const 128)) (global $mutex i32 (i32.const 132))
            (func $waiter (param i32) (result i32)
              (call $count (global.get $waiting)) (call $await (i32.const 136) (i32.const 1)) (i32.const 0))
            (func $locker (param i32) (result i32)
              (call $count (global.get $waiting)) (call $lock (global.get $mutex)) (i32.const 0))
            (func $on_cond (param i32) (result i32)
              (call $lock (i32.const 140))
              (call $count (global.get $waiting)) (call $wait_on (i32.const 144) (i32.const 140)) (i32.const 0))
            (func (export "main")
              (call $lock (global.get $mutex))
              (drop (call $spawn (global.get $waiter) (i32.const 0)))
              (drop (call $spawn (global.get $locker) (i32.const 0)))
              (drop (call $spawn (global.get $on_cond) (i32.const 0)))
              (call $await (global.get $waiting) (i32.const 3))
              (call $sleep (i32.const 2))
              {end})"#
        ),
    )
}

#[test]
fn another_end_while_everybody_else_is_blocked() {
    let ended = |end: &str| outcome(&program(&with_everybody_else_blocked(end)).process().start().expect("a process"));
    assert_eq!(ended(""), returned(&[]));
    assert_eq!(ended("(call $process_exit (i32.const 7))"), Outcome::Exited(7));
    match ended("(unreachable)") {
        Outcome::Trapped { thread, trap } => assert_eq!((thread.id, trap.kind), (1, TrapKind::Unreachable)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_kill_and_a_time_limit_while_one_sleeps_and_everybody_else_is_blocked() {
    let wat =
        with_everybody_else_blocked("(call $ok (call $write (i32.const 1) (i32.const 0) (i32.const 1))) (call $hour)");
    let program = program(&wat);
    let (sender, told) = mpsc::channel();
    let process = program.process().stdout(Signal(sender)).start().expect("a process");
    receive(&told);
    assert_eq!(process.wait_timeout(Duration::from_millis(20)), None, "it goes on");
    assert!(process.kill());
    assert_eq!(outcome(&process), Outcome::Killed);
    let (sender, _told) = mpsc::channel();
    let process = program.process().stdout(Signal(sender)).time_limit(Duration::from_millis(30));
    assert_eq!(outcome(&process.start().expect("a process")), Outcome::TimedOut);
}
