;;! summary = "a join with the longest time-out that there is waits, and does not overflow"
;;! clauses = ["join-6"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:77"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32)
    (if (call $sleep (i64.const 20_000_000)) (then unreachable))
    (i32.const 77))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const 0x7fffffffffffffff) (i32.const 12)) (then unreachable))
    (i32.load (i32.const 12))))
