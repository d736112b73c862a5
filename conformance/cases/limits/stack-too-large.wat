;;! summary = "a stack that fits no memory is refused, whoever asks, and a usual one is not"
;;! clauses = ["limits-6"]
;;! requires = ["spawn"]
;;! [limits]
;;! stack-size = 16384
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 2 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Attributes at 32: 12 bytes, no flags, the size of a stack. AGAIN is 1.
  (data (i32.const 32) "\0c\00\00\00" "\00\00\00\00" "\00\00\00\00")
  (func $child (param i32) (result i32) (i32.const 0))
  (func $with (param $size i32) (result i32)
    (i32.store (i32.const 40) (local.get $size))
    (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 8)))
  (func (export "main") (result i32)
    ;; More than the memory's maximum; nearly all that can be addressed; and all of it.
    (if (i32.ne (call $with (i32.const 0x500000)) (i32.const 1)) (then (return (i32.const 2))))
    (if (i32.ne (call $with (i32.const 0xffff0000)) (i32.const 1)) (then (return (i32.const 3))))
    (if (i32.ne (call $with (i32.const 0xffffffff)) (i32.const 1)) (then (return (i32.const 4))))
    (if (call $with (i32.const 0)) (then (return (i32.const 5))))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
