;;! summary = "the instruction memory.atomic.wait32 traps at an address that its offset makes no multiple of 4"
;;! clauses = ["waits-11", "waits-10"]
;;! [expect]
;;! trap = { kind = "unaligned-atomic", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (memory.atomic.wait32 offset=2 (i32.const 8) (i32.const 1) (i64.const 0))))
