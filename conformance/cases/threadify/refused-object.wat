;;! summary = "an object file, whose memory no linker has resolved, is to be linked first"
;;! clauses = ["threadify-5"]
;;! [expect]
;;! threadify-error = { code = "TF0004" }
(module
  (@custom "linking" "\02")
  (import "env" "__linear_memory" (memory 1 1 shared))
  (func (export "main") (result i32) (i32.const 0)))
