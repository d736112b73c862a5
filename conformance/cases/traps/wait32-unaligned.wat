;;! summary = "a 32-bit wait at an odd address traps"
;;! clauses = ["traps-16"]
;;! [expect]
;;! trap = { kind = "unaligned-atomic", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (drop (memory.atomic.wait32 (i32.const 18) (i32.const 0) (i64.const 0)))
    (i32.const 0)))
