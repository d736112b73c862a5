;;! summary = "an exit with 0 is an exit, and not a return of the main thread"
;;! clauses = ["end-1", "end-17"]
;;! [expect]
;;! exit = 0
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (func (export "main") (result i32)
    (call $exit (i32.const 0))
    (i32.const 1)))
