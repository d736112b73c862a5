;;! summary = "a sleep lasts as long as it says, in nanoseconds of the clock, and one of 0 returns"
;;! clauses = ["clock-3", "clock-2"]
;;! requires = ["timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "clock_now" (func $now (result i64)))
  ;; Whether it fails, is too short, or an hour too long.
  (func $fails (param $duration i64) (result i32)
    (local $begin i64)
    (local.set $begin (call $now))
    (if (call $sleep (local.get $duration)) (then (return (i32.const 1))))
    (i64.gt_u
      (i64.sub (i64.sub (call $now) (local.get $begin)) (local.get $duration))
      (i64.const 3_600_000_000_000)))
  (func (export "main") (result i32)
    (if (call $fails (i64.const 0)) (then (return (i32.const 1))))
    (if (call $fails (i64.const 1)) (then (return (i32.const 2))))
    (if (call $fails (i64.const 1_000_000)) (then (return (i32.const 3))))
    (if (call $fails (i64.const 30_000_000)) (then (return (i32.const 4))))
    (i32.const 0)))
