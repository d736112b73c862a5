;;! summary = "the instruction memory.atomic.wait64 traps at a multiple of 4 that is none of 8"
;;! clauses = ["waits-11"]
;;! [expect]
;;! trap = { kind = "unaligned-atomic", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (memory.atomic.wait64 (i32.const 12) (i64.const 1) (i64.const 0))))
