;;! summary = "a constructor can exit the process: main is not called then"
;;! clauses = ["end-25"]
;;! [expect]
;;! exit = 3
;;! stdout = ""
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (data (i32.const 32) "main")
  (func (export "__wasm_call_ctors") (call $exit (i32.const 3)))
  (func (export "main") (result i32) (call $write (i32.const 1) (i32.const 32) (i32.const 4))))
