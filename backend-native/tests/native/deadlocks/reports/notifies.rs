//! Threads that wait for a notify that nobody is left to send.

use super::{condvar, cycles, deadlock, deadlocks, join, memory, mutex, stack};
use crate::common::{guest::guest, program, rounds};
use raddle_backend_native::Waiting;

#[test]
fn main_alone() {
    let alone = |wait: &str, waiting: Waiting, stack: &[&str]| {
        let body = format!("(func $main (export \"main\") {wait})");
        deadlocks(&[], &body, &[(1, "", waiting, stack)], &[]);
    };
    alone("(call $await (i32.const 128) (i32.const 1))", memory(128), &["await", "main"]);
    alone("(drop (memory.atomic.wait64 (i32.const 136) (i64.const 0) (i64.const -1)))", memory(136), &["main"]);
    alone(
        "(call $lock (i32.const 128)) (call $wait_on (i32.const 132) (i32.const 128))",
        condvar(132),
        &["wait_on", "main"],
    );
}

#[test]
fn a_large_address() {
    let wat = r#"(module (memory i64 0x10001 0x10001 shared)
        (func $main (export "main")
          (drop (memory.atomic.wait32 (i64.const 0x1_0000_0040) (i32.const 0) (i64.const -1)))))"#;
    let threads = deadlock(&program(wat));
    let waiting: Vec<_> = threads.iter().map(|blocked| (blocked.thread.id, blocked.waiting)).collect();
    assert_eq!(waiting, [(1, memory(0x1_0000_0040))]);
}

#[test]
fn a_notify_that_came_too_early() {
    deadlocks(
        &["producer"],
        r#"
        (func $producer (param i32) (result i32) (memory.atomic.notify (i32.const 128) (i32.const -1)))
        (func $main (export "main")
          (call $join (call $spawn (global.get $producer) (i32.const 0)))
          ;; The notify was the message, and nobody remembers it.
          (drop (memory.atomic.wait32 (i32.const 128) (i32.const 0) (i64.const -1))))"#,
        &[(1, "", memory(128), &["main"])],
        &[],
    );
}

#[test]
fn a_condition_that_was_changed_without_the_mutex() {
    deadlocks(
        &["consumer"],
        r#"
        (global $mutex i32 (i32.const 128)) (global $cond i32 (i32.const 132)) (global $full i32 (i32.const 136))
        (global $looked i32 (i32.const 140)) (global $told i32 (i32.const 144))
        (func $consumer (param i32) (result i32)
          (call $lock (global.get $mutex))
          (if (i32.eqz (i32.load (global.get $full))) (then
            (call $count (global.get $looked))
            (call $await (global.get $told) (i32.const 1))
            (call $wait_on (global.get $cond) (global.get $mutex))))
          (i32.const 0))
        (func $main (export "main") (local $consumer i32)
          (local.set $consumer (call $spawn (global.get $consumer) (i32.const 0)))
          (call $await (global.get $looked) (i32.const 1))
          (i32.store (global.get $full) (i32.const 1))
          (drop (call $cond_notify (global.get $cond) (i32.const -1)))
          (call $count (global.get $told))
          (call $join (local.get $consumer)))"#,
        &[(1, "", join(2), &["join", "main"]), (2, "", condvar(132), &["wait_on", "consumer"])],
        &[],
    );
}

#[test]
fn everybody_on_a_condition_variable() {
    deadlocks(
        &["waiter"],
        r#"
        (func $waiter (param i32) (result i32)
          (call $lock (i32.const 128))
          (call $wait_on (i32.const 132) (i32.const 128))
          (i32.const 0))
        (func $main (export "main")
          (drop (call $spawn (global.get $waiter) (i32.const 0)))
          (drop (call $spawn (global.get $waiter) (i32.const 0)))
          (drop (call $spawn (global.get $waiter) (i32.const 0)))
          (drop (call $waiter (i32.const 0))))"#,
        &[
            (1, "", condvar(132), &["wait_on", "waiter", "main"]),
            (2, "", condvar(132), &["wait_on", "waiter"]),
            (3, "", condvar(132), &["wait_on", "waiter"]),
            (4, "", condvar(132), &["wait_on", "waiter"]),
        ],
        &[],
    );
}

#[test]
fn a_chain_of_joins() {
    deadlocks(
        &["joiner", "waiter"],
        r#"
        (func $waiter (param i32) (result i32) (call $await (i32.const 128) (i32.const 1)) (i32.const 0))
        (func $joiner (param i32) (result i32) (call $join (call $spawn (global.get $waiter) (i32.const 0))) (i32.const 0))
        (func $main (export "main") (call $join (call $spawn (global.get $joiner) (i32.const 0))))"#,
        &[
            (1, "", join(2), &["join", "main"]),
            (2, "", join(3), &["join", "joiner"]),
            (3, "", memory(128), &["await", "waiter"]),
        ],
        &[],
    );
}

#[test]
fn a_holder_who_waits_for_a_notify() {
    deadlocks(
        &["holder", "locker"],
        r#"
        (global $mutex i32 (i32.const 128)) (global $held i32 (i32.const 132))
        (func $holder (param i32) (result i32)
          (call $lock (global.get $mutex)) (call $count (global.get $held))
          (call $await (i32.const 136) (i32.const 1))
          (i32.const 0))
        (func $locker (param i32) (result i32) (call $lock (global.get $mutex)) (i32.const 0))
        (func $main (export "main")
          (drop (call $spawn (global.get $holder) (i32.const 0)))
          (call $await (global.get $held) (i32.const 1))
          (drop (call $spawn (global.get $locker) (i32.const 0)))
          (drop (call $spawn (global.get $locker) (i32.const 0)))
          (drop (call $locker (i32.const 0))))"#,
        &[
            (1, "", mutex(128, 2), &["lock", "locker", "main"]),
            (2, "", memory(136), &["await", "holder"]),
            (3, "", mutex(128, 2), &["lock", "locker"]),
            (4, "", mutex(128, 2), &["lock", "locker"]),
        ],
        &[],
    );
}

#[test]
fn a_mutex_that_was_freed_behind_the_hosts_back() {
    // The owner writes 0 though others wait: nobody wakes them, and nobody holds it.
    deadlocks(
        &["locker"],
        r#"
        (func $locker (param i32) (result i32) (call $lock (i32.const 128)) (i32.const 0))
        (func $main (export "main") (local $locker i32)
          (call $lock (i32.const 128))
          (local.set $locker (call $spawn (global.get $locker) (i32.const 0)))
          ;; Until somebody waits for it.
          (loop $again (br_if $again (i32.ge_s (i32.atomic.load (i32.const 128)) (i32.const 0))))
          (i32.atomic.store (i32.const 128) (i32.const 0))
          (call $join (local.get $locker)))"#,
        &[(1, "", join(2), &["join", "main"]), (2, "", mutex(128, 0), &["lock", "locker"])],
        &[],
    );
}

#[test]
fn a_hundred_threads() {
    // Each waits for a notify of its own word, and main for the first of them.
    let wat = guest(
        &["waiter"],
        r#"
        (data (i32.const 512) "waiter")
        (func $waiter (param $word i32) (result i32)
          (call $name (i32.const 512) (i32.const 6))
          (call $await (local.get $word) (i32.const 1))
          (i32.const 0))
        (func $main (export "main") (local $i i32)
          (loop $again
            (drop (call $spawn (global.get $waiter) (i32.add (i32.const 1024) (i32.shl (local.get $i) (i32.const 2)))))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $again (i32.lt_u (local.get $i) (i32.const 100))))
          (call $join (i32.const 2)))"#,
    );
    let program = program(&wat);
    for _ in 0..5 * rounds() {
        let threads = deadlock(&program);
        let waiting: Vec<_> = threads.iter().map(|blocked| (blocked.thread.id, blocked.waiting)).collect();
        let waiters = (0..100).map(|number| (number + 2, memory(1024 + 4 * u64::from(number))));
        assert_eq!(waiting, [(1, join(2))].into_iter().chain(waiters).collect::<Vec<_>>());
        assert!(threads[1..].iter().all(|blocked| blocked.thread.name == "waiter"), "{threads:?}");
        assert_eq!(cycles(&threads), Vec::<Vec<u32>>::new());
        // There is room for the backtraces of the first few dozen that stop, and those are right.
        let stacks: Vec<_> = threads.iter().map(stack).filter(|stack| !stack.is_empty()).collect();
        assert!(stacks.len() > 24, "{}", stacks.len());
        assert!(stacks.iter().all(|stack| stack == &["await", "waiter"] || stack == &["join", "main"]), "{stacks:?}");
    }
}
