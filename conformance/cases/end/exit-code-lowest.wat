;;! summary = "the lowest exit code there is reaches the embedder"
;;! clauses = ["end-17"]
;;! [expect]
;;! exit = -2147483648
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (func (export "main") (result i32)
    (call $exit (i32.const 0x80000000))
    (i32.const 0)))
