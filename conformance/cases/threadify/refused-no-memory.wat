;;! summary = "a module without a memory has nothing that threads could share"
;;! clauses = ["threadify-8"]
;;! [expect]
;;! threadify-error = { code = "TF0007" }
(module
  (func (export "main") (result i32) (i32.const 0)))
