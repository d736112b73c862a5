;;! summary = "a function of another type does not fill blocks"
;;! clauses = ["threadify-11"]
;;! [expect]
;;! threadify-error = { code = "TF0010" }
(module
  (memory 1 1 shared)
  (func (export "__wasm_init_tls") (param i64) (result i32) (i32.const 0))
  (func (export "main") (result i32) (i32.const 0)))
