;;! summary = "a stack of more than 4 GiB that fits no memory is refused, and its size is not cut to 32 bits"
;;! clauses = ["limits-6"]
;;! requires = ["spawn", "memory64"]
;;! [limits]
;;! stack-size = 16384
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory i64 2 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i64) (i64.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Attributes at 32: 16 bytes, no flags, the size of a stack. AGAIN is 1.
  (data (i64.const 32) "\10\00\00\00" "\00\00\00\00" "\00\00\00\00\00\00\00\00")
  (func $child (param i64) (result i64) (i64.const 0))
  (func $with (param $size i64) (result i32)
    (i64.store (i64.const 40) (local.get $size))
    (call $spawn (i64.const 1) (i64.const 0) (i64.const 32) (i64.const 8)))
  (func (export "main") (result i32)
    (if (i32.ne (call $with (i64.const 0x1_0000_1000)) (i32.const 1)) (then (return (i32.const 2))))
    (if (i32.ne (call $with (i64.const 0x4000_0000_0000_0000)) (i32.const 1)) (then (return (i32.const 3))))
    (if (i32.ne (call $with (i64.const -1)) (i32.const 1)) (then (return (i32.const 4))))
    (if (call $with (i64.const 0)) (then (return (i32.const 5))))
    (call $join (i32.load (i64.const 8)) (i64.const -1) (i64.const 0))))
