;;! summary = "what was written before an abort is written, and what it says is no output"
;;! clauses = ["output-6"]
;;! [expect]
;;! abort = { message = "line", thread = 1 }
;;! stdout = "no line"
;;! stderr = "nor here"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (import "raddle_v1" "process_abort" (func $abort (param i32 i32)))
  (data (i32.const 64) "no linenor here")
  (func (export "main") (result i32)
    (if (call $write (i32.const 1) (i32.const 64) (i32.const 7)) (then (return (i32.const 1))))
    (if (call $write (i32.const 2) (i32.const 71) (i32.const 8)) (then (return (i32.const 2))))
    (call $abort (i32.const 67) (i32.const 4))
    unreachable))
