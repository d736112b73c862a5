;;! summary = "a process cannot have no thread"
;;! clauses = ["limits-5"]
;;! [limits]
;;! threads = 0
;;! [expect]
;;! load-error = { code = "BN0009" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32) (i32.const 0)))
