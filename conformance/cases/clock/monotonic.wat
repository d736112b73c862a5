;;! summary = "on one thread the clock never goes back, and goes on"
;;! clauses = ["clock-1", "clock-2"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "clock_now" (func $now (result i64)))
  (func (export "main") (result i32)
    (local $begin i64) (local $last i64) (local $now i64)
    (local.set $last (local.tee $begin (call $now)))
    ;; For 20 ms.
    (loop $again
      (if (i64.lt_s (local.tee $now (call $now)) (local.get $last)) (then (return (i32.const 1))))
      (local.set $last (local.get $now))
      (br_if $again (i64.lt_s (i64.sub (local.get $now) (local.get $begin)) (i64.const 20_000_000))))
    (i32.const 0)))
