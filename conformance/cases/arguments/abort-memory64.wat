;;! summary = "with a 64-bit memory, too, an abort with a bad message is an abort"
;;! clauses = ["arguments-7"]
;;! requires = ["memory64"]
;;! [expect]
;;! abort = { thread = 1 }
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (import "raddle_v1" "process_abort" (func $abort (param i64 i64)))
  (func (export "main") (result i32)
    (call $abort (i64.const 0x100000040) (i64.const 4))
    (i32.const 1)))
