;;! summary = "a process cannot have no thread"
;;! clauses = ["limits-5"]
;;! [limits]
;;! max-threads = 0
;;! [expect]
;;! load-error = { code = "ST0007" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32) (i32.const 0)))
