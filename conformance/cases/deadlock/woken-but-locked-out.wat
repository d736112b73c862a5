;;! summary = "a thread that was woken from a condition variable waits for the mutex, which its waker keeps"
;;! clauses = ["deadlock-1", "deadlock-2"]
;;! requires = ["spawn", "deadlock-report"]
;;! [expect.deadlock]
;;! threads = [{ id = 1, for = "join", thread = 2 }, { id = 2, for = "mutex", address = 16, owner = 1 }]
;;! cycles = [[1, 2]]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "cond_wait" (func $cond_wait (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "cond_notify" (func $cond_notify (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The child says at 12 that it has the mutex; when main gets that, the child is in its wait.
  (func $child (param i32) (result i32)
    (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
    (i32.atomic.store (i32.const 12) (i32.const 1))
    (call $cond_wait (i32.const 20) (i32.const 16) (i64.const -1)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.eqz (i32.atomic.load (i32.const 12)))))
    (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
    (if (i32.ne (call $cond_notify (i32.const 20) (i32.const -1)) (i32.const 1)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
