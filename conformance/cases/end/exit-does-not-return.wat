;;! summary = "what stands behind an exit is not reached"
;;! clauses = ["end-16"]
;;! [expect]
;;! exit = 3
;;! stdout = "before"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (data (i32.const 32) "before")
  (data (i32.const 48) "after")
  (func (export "main") (result i32)
    (drop (call $write (i32.const 1) (i32.const 32) (i32.const 6)))
    (call $exit (i32.const 3))
    (drop (call $write (i32.const 1) (i32.const 48) (i32.const 5)))
    (i32.const 1)))
