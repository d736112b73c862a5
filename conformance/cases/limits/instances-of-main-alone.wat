;;! summary = "a module whose instance takes more than all instances may is not started"
;;! clauses = ["limits-17"]
;;! [limits]
;;! max-instance-memory = 7000000
;;! [expect]
;;! load-error = { code = "ST0007" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (table 1000000 funcref)
  (func (export "main") (result i32) (i32.const 0)))
