;;! summary = "a wasi-threads module is not refused by threadify; that nobody provides its import is found later"
;;! clauses = ["threadify-29"]
;;! [expect]
;;! load-error = { code = "ST0001" }
(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "env" "memory" (memory 1 4 shared))
  (func (export "wasi_thread_start") (param i32 i32))
  (func (export "_start") (drop (call $spawn (i32.const 0)))))
