;;! summary = "a process whose only thread exits has returned, without a value"
;;! clauses = ["exit-3"]
;;! [expect]
;;! return = []
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_exit" (func $exit (param i32)))
  (func (export "main") (result i32)
    (call $exit (i32.const 5))
    unreachable))
