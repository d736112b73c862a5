;;! summary = "an exit code is not cut to what an operating system would keep"
;;! clauses = ["end-17"]
;;! [expect]
;;! exit = 259
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (func (export "main") (result i32)
    (call $exit (i32.const 259))
    (i32.const 0)))
