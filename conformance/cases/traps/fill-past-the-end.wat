;;! summary = "a fill that ends outside memory is outside"
;;! clauses = ["traps-2"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (memory.fill (i32.const 65530) (i32.const 0) (i32.const 7))
    (i32.const 0)))
