;;! summary = "the import notify traps at an address that is not a multiple of 4, even if it would wake no thread"
;;! clauses = ["waits-11"]
;;! [expect]
;;! trap = { kind = "unaligned-atomic", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "notify" (func $notify (param i32 i32) (result i32)))
  (func (export "main") (result i32)
    (call $notify (i32.const 9) (i32.const 0))))
