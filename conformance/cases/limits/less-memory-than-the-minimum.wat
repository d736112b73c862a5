;;! summary = "a process cannot have less memory than its module begins with"
;;! clauses = ["limits-5"]
;;! [limits]
;;! max-memory = 131071
;;! [expect]
;;! load-error = { code = "ST0007" }
(module
  (import "env" "memory" (memory 2 4 shared))
  (func (export "main") (result i32) (i32.const 0)))
