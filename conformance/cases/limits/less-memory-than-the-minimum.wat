;;! summary = "a process cannot have less memory than its module begins with"
;;! clauses = ["limits-5"]
;;! [limits]
;;! memory = 131071
;;! [expect]
;;! load-error = { code = "BN0009" }
(module
  (import "env" "memory" (memory 2 4 shared))
  (func (export "main") (result i32) (i32.const 0)))
