;;! summary = "an abort whose message has a negative length is an abort all the same"
;;! clauses = ["arguments-7"]
;;! [expect]
;;! abort = { thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "process_abort" (func $abort (param i32 i32)))
  (func (export "main") (result i32)
    (call $abort (i32.const 64) (i32.const -1))
    (i32.const 1)))
