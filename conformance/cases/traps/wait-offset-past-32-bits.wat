;;! summary = "a wait whose address and offset together exceed 32 bits traps"
;;! clauses = ["traps-16"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (drop (memory.atomic.wait32 offset=0xfffffff8 (i32.const 16) (i32.const 0) (i64.const 0)))
    (i32.const 0)))
