;;! summary = "a waiter that takes its mutex over from an owner that ended gets OWNER_DIED, and owns it"
;;! clauses = ["condvar-9"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:10"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "cond_wait" (func $wait (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "cond_notify" (func $notify (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $owner)
  ;; Locks, which it can when the main thread waits; notifies that one, and ends.
  (func $owner (param i32) (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (if (i32.ne (call $notify (i32.const 12) (i32.const 1)) (i32.const 1)) (then unreachable))
    (i32.const 0))
  ;; OWNER_DIED
  (func (export "main") (result i32)
    (local $status i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (local.set $status (call $wait (i32.const 12) (i32.const 8) (i64.const -1)))
    (if (i32.ne (i32.and (i32.load (i32.const 8)) (i32.const 0x3fffffff)) (i32.const 1)) (then unreachable))
    (if (call $unlock (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 0)) (then unreachable))
    (local.get $status)))
