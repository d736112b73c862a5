;;! summary = "a maximum that leaves room to grow stays as it is"
;;! clauses = ["threadify-21", "memory-9"]
;;! [expect]
;;! return = ["i32:-1"]
(module
  (import "env" "memory" (memory 1 3 shared))
  (func (export "main") (result i32) (memory.grow (i32.const 3))))
