//! Large tables, of which each thread has its own: they lie in the host's memory, and a guest's threads cannot fill it
//! with them.

use raddle_backend_native::{Outcome, TrapKind, Value};

use crate::common::program;

/// Threads that make their tables as large as a table may be, and wait for ever. Main says how many could.
const GIANTS: &str = r#"(module
    (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
    (memory 1 8 shared)
    (table 2 10000000 funcref) (elem (i32.const 1) func $child)
    (func $child (param i32) (result i32)
      (drop (table.grow (ref.null func) (i32.const 9999998)))
      (drop (i32.atomic.rmw.add (i32.const 64) (i32.eq (table.size) (i32.const 10000000))))
      (drop (i32.atomic.rmw.add (i32.const 68) (i32.const 1)))
      (memory.atomic.wait32 (i32.const 72) (i32.const 0) (i64.const -1)))
    (func (export "main") (result i32) (local $i i32)
      (loop $again
        (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
        (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 20))))
      (loop $wait (br_if $wait (i32.lt_u (i32.atomic.load (i32.const 68)) (i32.const 20))))
      (i32.atomic.load (i32.const 64))))"#;

#[test]
fn tables_that_grow_share_what_a_process_may_have() {
    // 6 of 20: the others were answered -1.
    assert_eq!(program(GIANTS).process().run().expect("a process"), Outcome::Returned(vec![Value::I32(6)]));
}

#[test]
fn threads_whose_tables_have_no_room_are_no_instances() {
    let wat = r#"(module
        (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
        (memory 1 8 shared)
        (table 10000000 funcref) (elem (i32.const 1) func $child)
        (func $child (param i32) (result i32) (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
        (func (export "main")
          (loop $again (br_if $again (i32.eqz (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)))))))"#;
    // Of the limits this is about the one on tables.
    let process = program(wat).process().max_instance_memory(u64::MAX);
    let Outcome::Trapped { trap, .. } = process.run().expect("a process") else { panic!("a trap") };
    assert_eq!(trap.kind, TrapKind::Instantiation);
    assert!(trap.message.contains("table"), "{}", trap.message);
}

#[test]
fn tables_that_may_not_grow_take_nothing_from_others() {
    // Together, what main asks for and may not have is as much as a process may have, to the last element.
    let wat = r#"(module
        (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
        (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
        (memory 1 8 shared)
        (table 2 2 funcref) (elem (i32.const 1) func $child)
        (func $child (param i32) (result i32) (i32.const 0))
        (func (export "main") (result i32) (local $step i32) (local $tries i32)
          (local.set $step (i32.const 8388608))
          (loop $again
            (if (i32.ne (table.grow (ref.null func) (local.get $step)) (i32.const -1)) (then unreachable))
            (local.set $tries (i32.add (local.get $tries) (i32.const 1)))
            (if (i32.eqz (i32.and (local.get $tries) (i32.const 7)))
              (then (local.set $step (i32.shr_u (local.get $step) (i32.const 1)))))
            (br_if $again (local.get $step)))
          (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
          (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 0))))"#;
    assert_eq!(program(wat).process().run().expect("a process"), Outcome::Returned(vec![Value::I32(0)]));
}
