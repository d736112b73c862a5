;;! summary = "more arguments than the entry takes are an error"
;;! profile = "full"
;;! clauses = ["init-11"]
;;! entry-args = ["i32:1", "i32:2", "i32:3"]
;;! [expect]
;;! load-error = { code = "ST0005" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (param i32) (result i32) (local.get 0)))
