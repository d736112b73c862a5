;;! summary = "a wait whose time-out passes says so, not before that time, and the caller owns the mutex again"
;;! clauses = ["condvar-3", "condvar-2"]
;;! requires = ["timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "clock_now" (func $now (result i64)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "cond_wait" (func $wait (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "cond_notify" (func $notify (param i32 i32) (result i32)))
  (func $fails (param $timeout i64) (result i32)
    (local $begin i64)
    (if (call $lock (i32.const 8) (i64.const -1)) (then (return (i32.const 1))))
    (local.set $begin (call $now))
    ;; TIMED_OUT
    (if (i32.ne (call $wait (i32.const 12) (i32.const 8) (local.get $timeout)) (i32.const 6)) (then (return (i32.const 1))))
    (if (i64.lt_s (i64.sub (call $now) (local.get $begin)) (local.get $timeout)) (then (return (i32.const 1))))
    (if (i32.ne (i32.and (i32.load (i32.const 8)) (i32.const 0x3fffffff)) (i32.const 1)) (then (return (i32.const 1))))
    (if (call $unlock (i32.const 8)) (then (return (i32.const 1))))
    ;; It waits no longer.
    (call $notify (i32.const 12) (i32.const -1)))
  (func (export "main") (result i32)
    (if (call $fails (i64.const 0)) (then (return (i32.const 1))))
    (if (call $fails (i64.const 1)) (then (return (i32.const 2))))
    (if (call $fails (i64.const 20_000_000)) (then (return (i32.const 3))))
    (i32.const 0)))
