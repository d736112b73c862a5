;;! summary = "a 64-bit wait that is an import of the host traps as the instruction does"
;;! clauses = ["traps-16"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "wait64" (func $wait64 (param i32 i64 i64) (result i32)))
  (func (export "main") (result i32)
    (drop (call $wait64 (i32.const 65536) (i64.const 0) (i64.const 0)))
    (i32.const 0)))
