;;! summary = "an alignment that is not a power of two is refused"
;;! clauses = ["threadify-11"]
;;! [expect]
;;! threadify-error = { code = "TF0010" }
(module
  (memory 1 1 shared)
  (global (export "__tls_size") i32 (i32.const 4))
  (global (export "__tls_align") i32 (i32.const 3))
  (func (export "__wasm_init_tls") (param i32))
  (func (export "main") (result i32) (i32.const 0)))
