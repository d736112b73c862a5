;;! summary = "a thread that ends before the time-out is over is joined, whether it had ended before or not"
;;! clauses = ["join-1", "join-2"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Sleeps for as many milliseconds as its argument says.
  (func $start (param i32) (result i32)
    (if (call $sleep (i64.mul (i64.extend_i32_u (local.get 0)) (i64.const 1_000_000))) (then unreachable))
    (local.get 0))
  (func $one (param $ms i32) (param $before_join i64) (result i32)
    (if (call $spawn (i32.const 1) (local.get $ms) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $sleep (local.get $before_join)) (then unreachable))
    ;; An hour.
    (if (call $join (i32.load (i32.const 8)) (i64.const 3_600_000_000_000) (i32.const 12)) (then (return (i32.const 1))))
    (i32.ne (i32.load (i32.const 12)) (local.get $ms)))
  (func (export "main") (result i32)
    (if (call $one (i32.const 20) (i64.const 0)) (then (return (i32.const 1))))
    (if (call $one (i32.const 1) (i64.const 20_000_000)) (then (return (i32.const 2))))
    (i32.const 0)))
