;;! summary = "a constructor runs as thread 1, on the stack that main has then"
;;! clauses = ["init-13"]
;;! [limits]
;;! stack-size = 32768
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 2 64 shared))
  (import "raddle_v1" "thread_id" (func $id (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (global $seen (mut i32) (i32.const 0))
  ;; What the constructor sees is kept in a global and at 16.
  (func (export "__wasm_call_ctors")
    (global.set $seen (global.get $__stack_pointer))
    (i32.store (i32.const 16) (call $id)))
  (func (export "main") (result i32)
    (if (i32.ne (i32.load (i32.const 16)) (i32.const 1)) (then (return (i32.const 1))))
    ;; With a size that the embedder asks for, main's stack is no more the linker's.
    (if (i32.eq (global.get $seen) (i32.const 65536)) (then (return (i32.const 2))))
    (i32.ne (global.get $seen) (global.get $__stack_pointer))))
