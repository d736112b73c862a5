;;! summary = "a copy from a segment that ends past the segment is an access outside memory"
;;! clauses = ["traps-2"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (data $passive "passive")
  (func (export "main") (result i32)
    (memory.init $passive (i32.const 16) (i32.const 0) (i32.const 8))
    (i32.const 0)))
