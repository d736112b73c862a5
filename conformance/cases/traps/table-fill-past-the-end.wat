;;! summary = "a table.fill past the end of the table is outside"
;;! clauses = ["traps-3"]
;;! [expect]
;;! trap = { kind = "table-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (table 2 funcref)
  (func (export "main") (result i32)
    (table.fill (i32.const 1) (ref.null func) (i32.const 2))
    (i32.const 0)))
