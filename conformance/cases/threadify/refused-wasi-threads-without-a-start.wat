;;! summary = "a wasi-threads module lacks a symbol when it does not say where its threads begin"
;;! clauses = ["threadify-9"]
;;! [expect]
;;! threadify-error = { code = "TF0008" }
(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "env" "memory" (memory 1 4 shared))
  (func (export "_start") (drop (call $spawn (i32.const 0)))))
