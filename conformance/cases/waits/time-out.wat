;;! summary = "a wait that is not notified returns 2 when its time-out has passed, and not before"
;;! clauses = ["waits-2"]
;;! requires = ["timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "clock_now" (func $now (result i64)))
  (import "raddle_v1" "wait32" (func $wait32 (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "wait64" (func $wait64 (param i32 i64 i64) (result i32)))
  (global $begin (mut i64) (i64.const 0))
  ;; Whether an answer is not 2, or too early.
  (func $wrong (param $answer i32) (param $timeout i64) (result i32)
    (local $elapsed i64)
    (local.set $elapsed (i64.sub (call $now) (global.get $begin)))
    (global.set $begin (call $now))
    (i32.or (i32.ne (local.get $answer) (i32.const 2)) (i64.lt_s (local.get $elapsed) (local.get $timeout))))
  (func $fails (param $timeout i64) (result i32)
    (global.set $begin (call $now))
    (if (call $wrong (call $wait32 (i32.const 8) (i32.const 5) (local.get $timeout)) (local.get $timeout))
      (then (return (i32.const 1))))
    (if (call $wrong (call $wait64 (i32.const 8) (i64.const 0xffffffff00000005) (local.get $timeout)) (local.get $timeout))
      (then (return (i32.const 1))))
    (if (call $wrong (memory.atomic.wait32 (i32.const 8) (i32.const 5) (local.get $timeout)) (local.get $timeout))
      (then (return (i32.const 1))))
    (if (call $wrong
          (memory.atomic.wait64 (i32.const 8) (i64.const 0xffffffff00000005) (local.get $timeout)) (local.get $timeout))
      (then (return (i32.const 1))))
    (i32.const 0))
  (func (export "main") (result i32)
    (i32.store (i32.const 8) (i32.const 5))
    (i32.store (i32.const 12) (i32.const -1))
    (if (call $fails (i64.const 0)) (then (return (i32.const 1))))
    (if (call $fails (i64.const 1)) (then (return (i32.const 2))))
    (if (call $fails (i64.const 10_000_000)) (then (return (i32.const 3))))
    (i32.const 0)))
