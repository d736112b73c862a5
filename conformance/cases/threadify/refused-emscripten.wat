;;! summary = "a module with Emscripten's threads is refused"
;;! clauses = ["threadify-14"]
;;! [expect]
;;! threadify-error = { code = "TF0013" }
(module
  (import "env" "__pthread_create_js" (func (param i32 i32 i32 i32) (result i32)))
  (memory 1 1 shared)
  (func (export "main") (result i32) (i32.const 0)))
