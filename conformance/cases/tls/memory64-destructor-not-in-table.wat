;;! summary = "a 64-bit destructor is not cut to 32 bits: it is not in the table"
;;! clauses = ["tls-13"]
;;! requires = ["spawn", "memory64"]
;;! [expect]
;;! trap = { kind = "table-out-of-bounds", thread = 2 }
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (import "raddle_v1" "tls_create" (func $create (param i64 i64) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i64) (result i64) (i64.extend_i32_u (call $set (i32.load (i64.const 8)) (i64.const 1))))
  (func (export "main") (result i32)
    (if (call $create (i64.const 0x100000001) (i64.const 8)) (then (return (i32.const 1))))
    (if (call $spawn (i64.const 1) (i64.const 0) (i64.const 0) (i64.const 12)) (then (return (i32.const 2))))
    (call $join (i32.load (i64.const 12)) (i64.const -1) (i64.const 0))))
