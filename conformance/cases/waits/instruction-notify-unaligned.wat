;;! summary = "the instruction memory.atomic.notify traps at an address that is not a multiple of 4"
;;! clauses = ["waits-11"]
;;! [expect]
;;! trap = { kind = "unaligned-atomic", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (memory.atomic.notify (i32.const 11) (i32.const 0))))
