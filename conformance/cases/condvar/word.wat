;;! summary = "a condition variable is one word: its neighbours never change"
;;! clauses = ["condvar-11"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "cond_wait" (func $wait (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "cond_notify" (func $notify (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $notifies)
  (func $notifies (param i32) (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (if (i32.ne (call $notify (i32.const 100) (i32.const -1)) (i32.const 1)) (then unreachable))
    (call $unlock (i32.const 8)))
  (func $changed (result i32)
    (i32.or
      (i32.ne (i32.load (i32.const 96)) (i32.const 0x55555555))
      (i64.ne (i64.load (i32.const 104)) (i64.const 0x5555555555555555))))
  (func (export "main") (result i32)
    ;; The condition variable at 100.
    (i32.store (i32.const 96) (i32.const 0x55555555))
    (i64.store (i32.const 104) (i64.const 0x5555555555555555))
    (if (call $lock (i32.const 8) (i64.const -1)) (then (return (i32.const 1))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (if (call $wait (i32.const 100) (i32.const 8) (i64.const -1)) (then (return (i32.const 2))))
    (if (call $changed) (then (return (i32.const 3))))
    ;; TIMED_OUT
    (if (i32.ne (call $wait (i32.const 100) (i32.const 8) (i64.const 1_000_000)) (i32.const 6)) (then (return (i32.const 4))))
    (if (call $changed) (then (return (i32.const 5))))
    (call $unlock (i32.const 8))))
