;;! summary = "a module with one of the exports that are threadify's, but without its section, is refused"
;;! clauses = ["threadify-7"]
;;! [expect]
;;! threadify-error = { code = "TF0021" }
(module
  (memory 1 1 shared)
  (func (export "raddle_enter") (param i32 i32 i32))
  (func (export "main") (result i32) (i32.const 0)))
