;;! summary = "a segment of a 64-bit memory is written before main and not again for a child"
;;! clauses = ["init-1", "init-2"]
;;! requires = ["spawn", "memory64"]
;;! [expect]
;;! return = ["i64:42"]
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (data (i64.const 64) "\28\00\00\00")
  (func $child (param i64) (result i64) (i64.load (i64.const 64)))
  (func (export "main") (result i64)
    (i64.store (i64.const 64) (i64.add (i64.load (i64.const 64)) (i64.const 2)))
    (if (call $spawn (i64.const 1) (i64.const 0) (i64.const 0) (i64.const 8)) (then unreachable))
    (if (call $join (i32.load (i64.const 8)) (i64.const -1) (i64.const 16)) (then unreachable))
    (i64.load (i64.const 16))))
