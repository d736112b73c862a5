;;! summary = "a lock whose time-out passes says so, not before that time, and owns nothing"
;;! clauses = ["mutex-6", "mutex-9"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "clock_now" (func $now (result i64)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $other)
  (func $other (param i32) (result i32)
    (local $begin i64)
    (local.set $begin (call $now))
    ;; TIMED_OUT after 20 ms.
    (if (i32.ne (call $lock (i32.const 8) (i64.const 20_000_000)) (i32.const 6)) (then (return (i32.const 10))))
    (if (i64.lt_s (i64.sub (call $now) (local.get $begin)) (i64.const 20_000_000)) (then (return (i32.const 11))))
    ;; NOT_OWNER: it is the main thread's.
    (if (i32.ne (call $unlock (i32.const 8)) (i32.const 7)) (then (return (i32.const 12))))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then (return (i32.const 1))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then unreachable))
    (if (i32.load (i32.const 20)) (then (return (i32.load (i32.const 20)))))
    ;; Who gave up waits no longer: the mutex is free after the unlock, and can be taken.
    (if (call $unlock (i32.const 8)) (then (return (i32.const 2))))
    (if (call $lock (i32.const 8) (i64.const 0)) (then (return (i32.const 3))))
    (if (call $unlock (i32.const 8)) (then (return (i32.const 4))))
    (i32.load (i32.const 8))))
