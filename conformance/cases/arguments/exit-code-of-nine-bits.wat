;;! summary = "an exit code is not cut to eight bits"
;;! clauses = ["arguments-8"]
;;! [expect]
;;! exit = 256
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (func (export "main") (result i32)
    (call $exit (i32.const 256))
    (i32.const 1)))
