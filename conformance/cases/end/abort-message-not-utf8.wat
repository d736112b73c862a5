;;! summary = "bytes of an abort's message that are not UTF-8 are replaced, and the rest is kept"
;;! clauses = ["end-18"]
;;! [expect]
;;! abort = { message = "no \ufffd text", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "process_abort" (func $abort (param i32 i32)))
  (data (i32.const 32) "no \ff text")
  (func (export "main") (result i32)
    (call $abort (i32.const 32) (i32.const 9))
    (i32.const 0)))
