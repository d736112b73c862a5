;;! summary = "a module with legacy exceptions is refused"
;;! clauses = ["threadify-19"]
;;! [expect]
;;! threadify-error = { code = "TF0019" }
(module
  (memory 1 1 shared)
  (func try catch_all end)
  (func (export "main") (result i32) (i32.const 0)))
