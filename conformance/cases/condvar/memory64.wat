;;! summary = "with a 64-bit memory, too, a waiter is notified and owns its mutex again"
;;! clauses = ["condvar-2", "condvar-4"]
;;! requires = ["spawn", "memory64"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory i64 2 2 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i64 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i64) (result i32)))
  (import "raddle_v1" "cond_wait" (func $wait (param i64 i64 i64) (result i32)))
  (import "raddle_v1" "cond_notify" (func $notify (param i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $notifies)
  ;; Once the main thread waits: the mutex is at 8, the condition variable at the end of the second page.
  (func $notifies (param i64) (result i64)
    (if (call $lock (i64.const 8) (i64.const -1)) (then unreachable))
    (if (i32.ne (call $notify (i64.const 131068) (i32.const -1)) (i32.const 1)) (then unreachable))
    (if (call $unlock (i64.const 8)) (then unreachable))
    (i64.const 0))
  (func (export "main") (result i32)
    (if (call $lock (i64.const 8) (i64.const -1)) (then (return (i32.const 1))))
    (if (call $spawn (i64.const 1) (i64.const 0) (i64.const 0) (i64.const 16)) (then unreachable))
    (if (call $wait (i64.const 131068) (i64.const 8) (i64.const -1)) (then (return (i32.const 2))))
    (if (i32.ne (call $lock (i64.const 8) (i64.const 0)) (i32.const 4)) (then (return (i32.const 3))))
    (call $unlock (i64.const 8))))
