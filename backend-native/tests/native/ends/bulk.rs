//! Threads in bulk operations: an end reaches them, however long the operation is and however many follow it; and one
//! that traps has written nothing.

use std::{
    sync::mpsc,
    time::{Duration, Instant},
};

use raddle_backend_native::{GuestMemory, Outcome, TrapKind, Value};

use crate::common::{Signal, outcome, program, receive};

/// A program of several threads, each of which runs `operations` once, in a function with no loop and no call, after
/// the last of them has written a byte.
fn threads(operations: &str) -> String {
    format!(
        r#"(module
        (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
        (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
        (memory 1024 1024 shared)
        (table 2 funcref) (elem (i32.const 1) $child)
        (table $large 1000000 funcref)
        (func $straight {operations})
        (func $child (param i32) (result i32)
          (if (i32.eq (i32.atomic.rmw.add (i32.const 0) (i32.const 1)) (i32.const 3))
            (then (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1)))))
          (call $straight)
          (i32.const 0))
        (func (export "main") (result i32) (local $count i32)
          (loop $more
            (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
            (br_if $more (i32.lt_u (local.tee $count (i32.add (local.get $count) (i32.const 1))) (i32.const 3))))
          (call $child (i32.const 0))))"#
    )
}

#[test]
fn an_end_reaches_threads_in_bulk_operations() {
    // Each alone is a matter of milliseconds, so many that they would take minutes.
    for (operation, count) in [
        ("(memory.fill (i32.const 64) (i32.const 1) (i32.const 0x3ff0000))", 20_000),
        ("(memory.copy (i32.const 64) (i32.const 65) (i32.const 0x3ff0000))", 20_000),
        ("(table.fill $large (i32.const 0) (ref.null func) (i32.const 1000000))", 20_000),
        ("(table.copy $large $large (i32.const 0) (i32.const 1) (i32.const 999999))", 20_000),
    ] {
        let program = program(&threads(&operation.repeat(count)));
        let (began, has_begun) = mpsc::channel();
        let process = program.process().stdout(Signal(began)).start().expect("a process");
        receive(&has_begun);
        let killed = Instant::now();
        process.kill();
        assert_eq!(outcome(&process), Outcome::Killed, "{operation}");
        assert!(killed.elapsed() < Duration::from_secs(5), "{operation} took {:?}", killed.elapsed());
    }
}

#[test]
fn a_long_operation_that_traps_writes_nothing() {
    for (operation, kind) in [
        ("(memory.fill (i32.const 0) (i32.const 1) (i32.const 0x40001))", TrapKind::MemoryOutOfBounds),
        ("(memory.fill (i32.const 0x10000) (i32.const 1) (i32.const -1))", TrapKind::MemoryOutOfBounds),
        ("(memory.copy (i32.const 0) (i32.const 0x10000) (i32.const 0x30001))", TrapKind::MemoryOutOfBounds),
        ("(memory.copy (i32.const 0x10000) (i32.const 0x8000) (i32.const 0x30001))", TrapKind::MemoryOutOfBounds),
        ("(memory.init $long (i32.const 0x20002) (i32.const 0) (i32.const 0x1ffff))", TrapKind::MemoryOutOfBounds),
        ("(memory.init $long (i32.const 0) (i32.const 2) (i32.const 0x1ffff))", TrapKind::MemoryOutOfBounds),
        (
            "(data.drop $long) (memory.init $long (i32.const 0) (i32.const 0) (i32.const 0x1ffff))",
            TrapKind::MemoryOutOfBounds,
        ),
    ] {
        let segment = "x".repeat(0x20000);
        let text = format!(
            r#"(module (memory (export "memory") 4 4 shared) (data $long "{segment}") (data (i32.const 0x12345) "y")
            (func $program (export "main") {operation}))"#
        );
        let process = program(&text).process().start().expect("a process");
        let Outcome::Trapped { trap, .. } = outcome(&process) else { panic!("{operation} does not trap") };
        assert_eq!(trap.kind, kind, "{operation}");
        let names: Vec<_> = trap.backtrace.iter().map(|frame| frame.function.as_deref()).collect();
        assert_eq!(names, [Some("program")], "{operation}");
        let mut memory = vec![0; 0x40000];
        process.memory().read(0, &mut memory).expect("all of it");
        let written: Vec<_> = memory.iter().enumerate().filter(|(_, byte)| **byte != 0).collect();
        assert_eq!(written, [(0x12345, &b'y')], "{operation}");
    }
}

#[test]
fn a_long_segment_is_written_in_steps() {
    let segment: String = (0..0x28000_u32).map(|at| char::from(b'a' + (at % 23) as u8)).collect();
    let text = format!(
        r#"(module (memory 8 8 shared) (data $long "{segment}") (data $active (i32.const 0x50001) "{segment}")
        (func $is (param $at i32) (param $offset i32) (result i32)
          (i32.eq (i32.load8_u (local.get $at)) (i32.add (i32.const 97) (i32.rem_u (local.get $offset) (i32.const 23)))))
        (func (export "main") (result i32) (local $at i32)
          (memory.init $long (i32.const 5) (i32.const 3) (i32.const 0x27ffd))
          (if (i32.or (i32.load8_u (i32.const 4)) (i32.load8_u (i32.const 0x28002))) (then (return (i32.const 1))))
          (loop $next
            (if (i32.eqz (call $is (i32.add (local.get $at) (i32.const 5)) (i32.add (local.get $at) (i32.const 3))))
              (then (return (i32.const 2))))
            (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 0x27ffd))))
          (local.set $at (i32.const 0))
          (loop $next
            (if (i32.eqz (call $is (i32.add (local.get $at) (i32.const 0x50001)) (local.get $at)))
              (then (return (i32.const 3))))
            (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 0x28000))))
          (i32.const 0)))"#
    );
    assert_eq!(crate::common::run(&text), Outcome::Returned(vec![Value::I32(0)]));
}
