;;! summary = "the import wait64 traps far beyond the end of memory"
;;! clauses = ["waits-11"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "wait64" (func $wait64 (param i32 i64 i64) (result i32)))
  (func (export "main") (result i32)
    (call $wait64 (i32.const 0xfffffff8) (i64.const 1) (i64.const -1))))
