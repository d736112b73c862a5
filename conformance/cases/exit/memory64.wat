;;! summary = "with a 64-bit memory the value of an exit has 64 bits"
;;! clauses = ["exit-1", "spawn-12"]
;;! requires = ["spawn", "memory64"]
;;! [expect]
;;! return = ["i64:0x876543210fedcba9"]
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (import "raddle_v1" "thread_exit" (func $exit (param i64)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i64) (result i64)
    (call $exit (i64.const 0x876543210fedcba9))
    unreachable)
  (func (export "main") (result i64)
    (if (call $spawn (i64.const 1) (i64.const 0) (i64.const 0) (i64.const 8)) (then unreachable))
    (if (call $join (i32.load (i64.const 8)) (i64.const -1) (i64.const 16)) (then unreachable))
    (i64.load (i64.const 16))))
