;;! summary = "on every thread the parallelism is at least 1"
;;! clauses = ["clock-6"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_parallelism" (func $parallelism (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32) (call $parallelism))
  (func (export "main") (result i32)
    (if (i32.lt_s (call $parallelism) (i32.const 1)) (then (return (i32.const 1))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (if (i32.lt_s (i32.load (i32.const 12)) (i32.const 1)) (then (return (i32.const 2))))
    (i32.const 0)))
