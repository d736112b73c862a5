;;! summary = "a module with wasm-bindgen's threads is refused"
;;! clauses = ["threadify-13"]
;;! [expect]
;;! threadify-error = { code = "TF0012" }
(module
  (memory 1 1 shared)
  (func (export "__wbindgen_thread_destroy"))
  (func (export "main") (result i32) (i32.const 0)))
