;;! summary = "a 64-bit wait at an address for 32 bits traps"
;;! clauses = ["traps-16"]
;;! [expect]
;;! trap = { kind = "unaligned-atomic", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (drop (memory.atomic.wait64 (i32.const 20) (i64.const 0) (i64.const 0)))
    (i32.const 0)))
