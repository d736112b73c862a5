;;! summary = "an owner that locks again gets DEADLOCK, whatever the time-out, and still owns the mutex, once"
;;! clauses = ["mutex-4"]
;;! requires = ["timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (func (export "main") (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then (return (i32.const 1))))
    ;; DEADLOCK
    (if (i32.ne (call $lock (i32.const 8) (i64.const -1)) (i32.const 4)) (then (return (i32.const 2))))
    (if (i32.ne (call $lock (i32.const 8) (i64.const 0)) (i32.const 4)) (then (return (i32.const 3))))
    (if (i32.ne (call $lock (i32.const 8) (i64.const 600_000_000_000)) (i32.const 4)) (then (return (i32.const 4))))
    (if (i32.ne (i32.and (i32.load (i32.const 8)) (i32.const 0x3fffffff)) (i32.const 1)) (then (return (i32.const 5))))
    (if (call $unlock (i32.const 8)) (then (return (i32.const 6))))
    ;; NOT_OWNER: it was owned once.
    (if (i32.ne (call $unlock (i32.const 8)) (i32.const 7)) (then (return (i32.const 7))))
    (i32.const 0)))
