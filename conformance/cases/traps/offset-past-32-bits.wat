;;! summary = "an address and an offset that together exceed 32 bits do not wrap around"
;;! clauses = ["traps-2"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (drop (i32.load offset=0xfffffff8 (i32.const 16)))
    (i32.const 0)))
