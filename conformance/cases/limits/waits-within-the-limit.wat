;;! summary = "waits, joins, locks and sleeps with short time-outs end by them under a limit of an hour"
;;! clauses = ["limits-11"]
;;! requires = ["spawn", "timed-wait"]
;;! [limits]
;;! max-wait-ms = 3600000
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "cond_wait" (func $cond_wait (param i32 i32 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The child holds the mutex at 16 and waits for the word at 20. TIMED_OUT is 6; of a wait it is 2.
  (func $child (param i32) (result i32)
    (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
    (i32.atomic.store (i32.const 12) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 12) (i32.const -1)))
    (drop (memory.atomic.wait32 (i32.const 20) (i32.const 0) (i64.const -1)))
    (call $unlock (i32.const 16)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then (return (i32.const 1))))
    (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))
    (if (i32.ne (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const 5_000_000)) (i32.const 2))
      (then (return (i32.const 2))))
    (if (i32.ne (call $join (i32.load (i32.const 8)) (i64.const 5_000_000) (i32.const 0)) (i32.const 6)) (then (return (i32.const 3))))
    (if (i32.ne (call $lock (i32.const 16) (i64.const 5_000_000)) (i32.const 6)) (then (return (i32.const 4))))
    (if (call $sleep (i64.const 5_000_000)) (then (return (i32.const 5))))
    (if (call $lock (i32.const 24) (i64.const -1)) (then (return (i32.const 6))))
    (if (i32.ne (call $cond_wait (i32.const 28) (i32.const 24) (i64.const 5_000_000)) (i32.const 6)) (then (return (i32.const 7))))
    (i32.atomic.store (i32.const 20) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 20) (i32.const -1)))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
