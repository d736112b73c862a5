;;! summary = "a module that has another thing of the name of an export of threadify's is refused"
;;! clauses = ["threadify-7"]
;;! [expect]
;;! threadify-error = { code = "TF0021" }
(module
  (memory 1 1 shared)
  (global (export "raddle_hooks") i32 (i32.const 0))
  (func (export "main") (result i32) (i32.const 0)))
