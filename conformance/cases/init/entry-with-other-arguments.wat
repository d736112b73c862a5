;;! summary = "arguments of another type than the entry's are an error"
;;! profile = "full"
;;! clauses = ["init-11"]
;;! entry-args = ["i64:1"]
;;! [expect]
;;! load-error = { code = "ST0005" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (param i32) (result i32) (local.get 0)))
