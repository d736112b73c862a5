;;! summary = "with a 32-bit memory a join stores four bytes, and not those around them"
;;! clauses = ["join-4"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i64:0x5555555580000001", "i64:0x5555555555555555"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32) (i32.const 0x80000001))
  (func (export "main") (result i64 i64)
    (i64.store (i32.const 16) (i64.const 0x5555555555555555))
    (i64.store (i32.const 24) (i64.const 0x5555555555555555))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 16)) (then unreachable))
    (i64.load (i32.const 16))
    (i64.load (i32.const 24))))
