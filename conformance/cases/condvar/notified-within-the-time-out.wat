;;! summary = "a waiter is notified before its time-out is over, however long that is, and is not told of a time-out"
;;! clauses = ["condvar-3", "condvar-10"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "cond_wait" (func $wait (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "cond_notify" (func $notify (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $notifies)
  ;; 20 ms after the main thread waits.
  (func $notifies (param i32) (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (if (call $unlock (i32.const 8)) (then unreachable))
    (if (call $sleep (i64.const 20_000_000)) (then unreachable))
    (i32.ne (call $notify (i32.const 12) (i32.const 1)) (i32.const 1)))
  (func $fails (param $timeout i64) (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (if (call $wait (i32.const 12) (i32.const 8) (local.get $timeout)) (then (return (i32.const 1))))
    (if (call $unlock (i32.const 8)) (then (return (i32.const 1))))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then unreachable))
    (i32.load (i32.const 20)))
  (func (export "main") (result i32)
    (if (call $fails (i64.const 600_000_000_000)) (then (return (i32.const 1))))
    (if (call $fails (i64.const 0x7fffffffffffffff)) (then (return (i32.const 2))))
    ;; Every negative one is for ever.
    (if (call $fails (i64.const -1)) (then (return (i32.const 3))))
    (if (call $fails (i64.const -2)) (then (return (i32.const 4))))
    (if (call $fails (i64.const 0x8000000000000000)) (then (return (i32.const 5))))
    (i32.const 0)))
