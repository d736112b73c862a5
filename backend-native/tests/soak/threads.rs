//! Threads of one process.

use raddle_backend_native::{Outcome, Value};

use crate::{
    alone::alone,
    common::{guest::guest, outcome, program_on, returned, rounds},
    footprint::Footprint,
};

const ONE_AFTER_ANOTHER: &str = r#"
    (func $child (param i32) (result i32) (local.get 0))
    (func (export "main") (param $count i32)
      (loop $again
        (call $ok (call $thread_join
          (call $spawn (global.get $child) (local.get $count)) (i64.const -1) (i32.const 128)))
        (if (i32.ne (i32.load (i32.const 128)) (local.get $count)) (then unreachable))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br_if $again (local.get $count))))"#;

/// A hundred thousand, or a million in ten rounds.
#[test]
fn threads_one_after_another_leave_nothing_behind() {
    alone("threads::threads_one_after_another_leave_nothing_behind", |runtime| {
        let program = program_on(runtime, &guest(&["child"], ONE_AFTER_ANOTHER));
        let run = |count: i32| {
            let process = program.process().entry("main").entry_args([Value::I32(count)]).start().expect("a process");
            assert_eq!(process.wait(), Outcome::Returned(vec![]));
            let stats = process.stats();
            assert_eq!((stats.spawned, stats.live, stats.slots_in_use), (count.unsigned_abs(), 0, 0));
            assert!(stats.peak_live <= 2, "{stats:?}");
            (stats.memory, Footprint::now())
        };
        // Until every buffer has the size that it keeps.
        let (memory, before) = run(10_000);
        let (memory_after, after) = run(100_000 * rounds().cast_signed());
        assert_eq!(memory_after, memory, "the guest's memory did not grow");
        after.check_flat_since(before);
    });
}

/// Each counts itself and waits. When all have, main wakes them and joins them, the last one first. Their ids are past
/// the first page.
const AT_ONCE: &str = r#"
    (global $arrived i32 (i32.const 128)) (global $go i32 (i32.const 132)) (global $ids i32 (i32.const 0x10000))
    (func $id (param $number i32) (result i32)
      (i32.add (global.get $ids) (i32.shl (local.get $number) (i32.const 2))))
    (func $child (param i32) (result i32)
      (call $count (global.get $arrived))
      (call $await (global.get $go) (i32.const 1))
      (local.get 0))
    (func (export "main") (param $threads i32) (local $i i32)
      (loop $spawn
        (call $ok (call $thread_spawn
          (global.get $child) (local.get $i) (i32.const 0) (call $id (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $spawn (i32.lt_u (local.get $i) (local.get $threads))))
      (call $await (global.get $arrived) (local.get $threads))
      (call $count (global.get $go))
      (loop $join
        (local.set $i (i32.sub (local.get $i) (i32.const 1)))
        (call $ok (call $thread_join (i32.load (call $id (local.get $i))) (i64.const -1) (i32.const 128)))
        (if (i32.ne (i32.load (i32.const 128)) (local.get $i)) (then unreachable))
        (br_if $join (local.get $i))))"#;

#[test]
fn ten_thousand_threads_live_at_once() {
    alone("threads::ten_thousand_threads_live_at_once", |runtime| {
        let wat = guest(&["child"], AT_ONCE).replace("(memory 1 ", "(memory 2 ");
        let process = program_on(runtime, &wat).process().entry("main").entry_args([Value::I32(10_000)]);
        let process = process.max_threads(10_001).stack_size(4096).start().expect("a process");
        assert_eq!(outcome(&process), returned(&[]));
        let stats = process.stats();
        assert_eq!((stats.spawned, stats.live, stats.peak_live, stats.slots_in_use), (10_000, 0, 10_001, 0));
    });
}
