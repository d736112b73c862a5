;;! summary = "a module whose memory is not shared is refused"
;;! clauses = ["threadify-1"]
;;! [expect]
;;! threadify-error = { code = "TF0007" }
(module
  (memory (export "memory") 1)
  (func (export "main") (result i32) (i32.const 0)))
