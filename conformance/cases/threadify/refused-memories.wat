;;! summary = "two memories are one too many"
;;! clauses = ["threadify-16"]
;;! [expect]
;;! threadify-error = { code = "TF0015" }
(module
  (memory 1 1 shared)
  (memory 1 1 shared)
  (func (export "main") (result i32) (i32.const 0)))
