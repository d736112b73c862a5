//! Many threads, one after another and at once: nothing is left behind.

#[path = "../common/mod.rs"]
mod common;

use std::sync::{Mutex, MutexGuard, PoisonError};

use common::{module, program};
use raddle_backend_native::{Outcome, Value};

/// Spawns and joins so many threads, one after another.
const ONE_AFTER_ANOTHER: &str = r#"
    (func $child (param i32) (result i32) (local.get 0))
    (func (export "main") (param $count i32)
      (loop $again
        (if (call $thread_spawn (i32.const 1) (local.get $count) (i32.const 0) (i32.const 16)) (then unreachable))
        (if (call $thread_join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then unreachable))
        (if (i32.ne (i32.load (i32.const 20)) (local.get $count)) (then unreachable))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br_if $again (local.get $count))))"#;

/// Held by each test: they look at what the whole process holds.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The memory that this test's process holds, in bytes.
#[cfg(target_os = "linux")]
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line of it");
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
    kilobytes * 1024
}

#[cfg(target_os = "linux")]
#[test]
fn a_hundred_thousand_threads_leave_nothing_behind() {
    let _alone = alone();
    let program = program(&module(&["child"], ONE_AFTER_ANOTHER));
    let run = |count: i32| {
        let process = program.process().entry("main").args([Value::I32(count)]).start().expect("a process");
        assert_eq!(process.wait(), Outcome::Returned(vec![]));
        let stats = process.stats();
        assert_eq!((stats.spawned, stats.live, stats.slots_in_use), (count as u32, 0, 0));
        assert!(stats.peak_live <= 2, "{stats:?}");
        (stats.memory, resident())
    };
    // Until every buffer has the size that it keeps.
    let (memory, before) = run(5_000);
    let (memory_after, after) = run(100_000);
    assert_eq!(memory_after, memory, "the guest's memory did not grow");
    // Less than 42 bytes a thread: noise, and not one object of any kind.
    assert!(after < before + 4 * 1024 * 1024, "{before} bytes resident, {after} after 100,000 threads");
}

/// How many entries a directory of this test's own process has.
#[cfg(target_os = "linux")]
fn count(directory: &str) -> usize {
    std::fs::read_dir(directory).expect("Linux has it").count()
}

#[cfg(target_os = "linux")]
#[test]
fn ten_thousand_processes_leave_nothing_behind() {
    let _alone = alone();
    let program = program(&module(&["child"], ONE_AFTER_ANOTHER));
    let run = |processes: u32| {
        for _ in 0..processes {
            let outcome = program.process().entry("main").args([Value::I32(2)]).run().expect("a process");
            assert_eq!(outcome, Outcome::Returned(vec![]));
        }
        resident()
    };
    let before = run(500);
    let files = count("/proc/self/fd");
    let after = run(10_000);
    assert_eq!(count("/proc/self/fd"), files);
    // Less than 420 bytes a process, where each had a memory, a megabyte of control words and two stores.
    assert!(after < before + 4 * 1024 * 1024, "{before} bytes resident, {after} after 10,000 processes");
}

#[test]
fn two_thousand_threads_live_at_once() {
    let _alone = alone();
    // Each counts itself and waits; the last one to come wakes main, and main wakes them all.
    let wat = module(
        &["child"],
        r#"
        (func $child (param i32) (result i32)
          (if (i32.eq (i32.atomic.rmw.add (i32.const 32) (i32.const 1)) (i32.const 1999))
            (then (drop (memory.atomic.notify (i32.const 32) (i32.const -1)))))
          (loop $again
            (drop (memory.atomic.wait32 (i32.const 36) (i32.const 0) (i64.const -1)))
            (br_if $again (i32.eqz (i32.atomic.load (i32.const 36)))))
          (local.get 0))
        (func (export "main") (local $i i32) (local $arrived i32)
          (loop $spawn
            (if (call $thread_spawn (i32.const 1) (local.get $i) (i32.const 0)
                  (i32.add (i32.const 1024) (i32.mul (local.get $i) (i32.const 4)))) (then unreachable))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $spawn (i32.lt_u (local.get $i) (i32.const 2000))))
          (loop $wait
            (local.set $arrived (i32.atomic.load (i32.const 32)))
            (if (i32.lt_u (local.get $arrived) (i32.const 2000)) (then
              (drop (memory.atomic.wait32 (i32.const 32) (local.get $arrived) (i64.const -1)))
              (br $wait))))
          (i32.atomic.store (i32.const 36) (i32.const 1))
          (drop (memory.atomic.notify (i32.const 36) (i32.const -1)))
          (loop $join
            (local.set $i (i32.sub (local.get $i) (i32.const 1)))
            (if (call $thread_join (i32.load (i32.add (i32.const 1024) (i32.mul (local.get $i) (i32.const 4))))
                  (i64.const -1) (i32.const 20)) (then unreachable))
            (if (i32.ne (i32.load (i32.const 20)) (local.get $i)) (then unreachable))
            (br_if $join (local.get $i))))"#,
    );
    let process = program(&wat).process().start().expect("a process");
    assert_eq!(process.wait(), Outcome::Returned(vec![]));
    let stats = process.stats();
    assert_eq!((stats.spawned, stats.live, stats.peak_live, stats.slots_in_use), (2000, 0, 2001, 0));
}
