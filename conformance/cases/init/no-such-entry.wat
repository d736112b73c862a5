;;! summary = "an entry that is not exported is an error"
;;! clauses = ["init-11"]
;;! entry = "weave"
;;! [expect]
;;! load-error = { code = "ST0003" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32) (i32.const 1)))
