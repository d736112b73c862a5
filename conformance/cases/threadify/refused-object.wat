;;! summary = "a module with relocations is to be linked first"
;;! clauses = ["threadify-5"]
;;! [expect]
;;! threadify-error = { code = "TF0004" }
(module
  (@custom "linking" "\02")
  (memory 1 1 shared)
  (func (export "main") (result i32) (i32.const 0)))
