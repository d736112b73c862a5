;;! summary = "a module without a stack in memory begins with its minimum"
;;! clauses = ["memory-12"]
;;! [expect]
;;! return = ["i32:3"]
(module
  (import "env" "memory" (memory 3 64 shared))
  (func (export "main") (result i32) (memory.size)))
