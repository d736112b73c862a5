;;! summary = "a table.get past the end of the table is outside"
;;! clauses = ["traps-3"]
;;! [expect]
;;! trap = { kind = "table-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (table 2 funcref)
  (func (export "main") (result i32)
    (drop (table.get (i32.const 2)))
    (i32.const 0)))
