;;! summary = "a 64-bit atomic load at an address for 32 bits is unaligned"
;;! clauses = ["traps-10"]
;;! [expect]
;;! trap = { kind = "unaligned-atomic", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (drop (i64.atomic.load (i32.const 20)))
    (i32.const 0)))
