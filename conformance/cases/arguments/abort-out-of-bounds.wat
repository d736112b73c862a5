;;! summary = "an abort whose message is not in memory is an abort all the same"
;;! clauses = ["arguments-7"]
;;! [expect]
;;! abort = { thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "process_abort" (func $abort (param i32 i32)))
  (func (export "main") (result i32)
    (call $abort (i32.const 0xfffffff0) (i32.const 8))
    (i32.const 1)))
