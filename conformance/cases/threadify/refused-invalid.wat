;;! summary = "a function that returns another type than it says is not valid"
;;! clauses = ["threadify-6"]
;;! [expect]
;;! threadify-error = { code = "TF0005" }
(module
  (memory 1 1 shared)
  (func (export "main") (result i32) (i64.const 0)))
