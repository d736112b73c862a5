;;! summary = "an abort needs no message"
;;! clauses = ["end-3"]
;;! [expect]
;;! abort = { message = "", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "process_abort" (func $abort (param i32 i32)))
  (func (export "main") (result i32)
    (call $abort (i32.const 0) (i32.const 0))
    (i32.const 0)))
