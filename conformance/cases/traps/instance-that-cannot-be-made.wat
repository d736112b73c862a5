;;! summary = "a module with a table that is too large for any instance is refused, or its main thread traps"
;;! profile = "full"
;;! clauses = ["traps-19"]
;;! [expect]
;;! one-of = [{ trap = { kind = "instantiation", thread = 1 } }, { load-error = {} }]
(module
  (import "env" "memory" (memory 1 1 shared))
  (table 10000001 funcref)
  (func (export "main") (result i32) (i32.const 0)))
