;;! summary = "a module that imports a memory that is not shared is refused"
;;! clauses = ["threadify-1"]
;;! [expect]
;;! threadify-error = { code = "TF0007" }
(module
  (import "env" "memory" (memory 1 1))
  (func (export "main") (result i32) (i32.const 0)))
