;;! summary = "a thread_exit of main, when there is no other thread, ends the process at once"
;;! clauses = ["end-21"]
;;! [expect]
;;! return = []
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_exit" (func $exit (param i32)))
  (func (export "main") (result i32)
    (call $exit (i32.const 8))
    (i32.const 9)))
