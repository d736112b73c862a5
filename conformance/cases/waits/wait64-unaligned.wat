;;! summary = "the import wait64 traps at an address that is a multiple of 4 and not of 8"
;;! clauses = ["waits-11"]
;;! [expect]
;;! trap = { kind = "unaligned-atomic", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "wait64" (func $wait64 (param i32 i64 i64) (result i32)))
  (func (export "main") (result i32)
    (call $wait64 (i32.const 12) (i64.const 1) (i64.const 0))))
