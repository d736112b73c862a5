;;! summary = "a module with the section of a dynamic library is refused"
;;! clauses = ["threadify-12"]
;;! [expect]
;;! threadify-error = { code = "TF0011" }
(module
  (@custom "dylink.0" (before first) "")
  (memory 1 1 shared)
  (func (export "main") (result i32) (i32.const 0)))
