;;! summary = "an exit code may be the lowest number that there is"
;;! clauses = ["arguments-8"]
;;! [expect]
;;! exit = -2147483648
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (func (export "main") (result i32)
    (call $exit (i32.const -2147483648))
    (i32.const 1)))
