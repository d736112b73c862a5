;;! summary = "a notify that finds no waiter wakes no thread, and is not kept for a later waiter"
;;! clauses = ["condvar-5", "condvar-4"]
;;! requires = ["timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "cond_wait" (func $wait (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "cond_notify" (func $notify (param i32 i32) (result i32)))
  (func (export "main") (result i32)
    (if (call $notify (i32.const 12) (i32.const 1)) (then (return (i32.const 1))))
    (if (call $notify (i32.const 12) (i32.const -1)) (then (return (i32.const 2))))
    (if (call $lock (i32.const 8) (i64.const -1)) (then (return (i32.const 3))))
    (if (call $notify (i32.const 12) (i32.const 1)) (then (return (i32.const 4))))
    ;; TIMED_OUT
    (if (i32.ne (call $wait (i32.const 12) (i32.const 8) (i64.const 10_000_000)) (i32.const 6)) (then (return (i32.const 5))))
    (if (i32.ne (call $wait (i32.const 12) (i32.const 8) (i64.const 0)) (i32.const 6)) (then (return (i32.const 6))))
    (call $unlock (i32.const 8))))
