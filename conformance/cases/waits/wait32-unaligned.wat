;;! summary = "the import wait32 traps at an address that is not a multiple of 4, even if it would not wait"
;;! clauses = ["waits-11"]
;;! [expect]
;;! trap = { kind = "unaligned-atomic", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "wait32" (func $wait32 (param i32 i32 i64) (result i32)))
  (func (export "main") (result i32)
    (call $wait32 (i32.const 10) (i32.const 1) (i64.const 0))))
