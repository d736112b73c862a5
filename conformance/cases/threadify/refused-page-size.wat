;;! summary = "a memory with pages of a byte is refused"
;;! clauses = ["threadify-15"]
;;! [expect]
;;! threadify-error = { code = "TF0014" }
(module
  (memory 65536 65536 shared (pagesize 1))
  (func (export "main") (result i32) (i32.const 0)))
