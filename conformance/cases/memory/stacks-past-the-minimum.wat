;;! summary = "a child's stack lies past the memory that the module declares, and main's is the linker's own"
;;! clauses = ["memory-6"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 3 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; A stack has at least 4096 bytes, so all of those are past the three pages.
  (func $child (param i32) (result i32)
    (i32.lt_u (i32.sub (global.get $__stack_pointer) (i32.const 4096)) (i32.const 0x30000)))
  (func (export "main") (result i32)
    (if (i32.ne (global.get $__stack_pointer) (i32.const 65536)) (then (return (i32.const 2))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (i32.load (i32.const 12))))
