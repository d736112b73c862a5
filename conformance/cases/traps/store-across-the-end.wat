;;! summary = "a store that begins in memory and ends outside is outside"
;;! clauses = ["traps-2"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (i64.store (i32.const 65532) (i64.const 0))
    (i32.const 0)))
