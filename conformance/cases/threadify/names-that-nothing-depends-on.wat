;;! summary = "a function that is called __data_end or __heap_base does no harm"
;;! clauses = ["threadify-27"]
;;! [expect]
;;! return = ["i32:3"]
(module
  (import "env" "memory" (memory 2 64 shared))
  (global (export "__stack_pointer") (mut i32) (i32.const 65536))
  (func $data_end (export "__data_end") (result i32) (i32.const 1))
  (func $heap_base (export "__heap_base") (result i32) (i32.const 2))
  (func (export "main") (result i32) (i32.add (call $data_end) (call $heap_base))))
