;;! summary = "a frame so large that the stack pointer wraps around traps"
;;! clauses = ["stacks-7"]
;;! requires = ["spawn"]
;;! [limits]
;;! stack-size = 65536
;;! [threadify]
;;! stack-check = true
;;! [expect]
;;! trap = { kind = "stack-overflow", thread = 2, function = "move" }
(module
  (import "env" "memory" (memory 2 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $move (param $by i32)
    (global.set $__stack_pointer (i32.add (global.get $__stack_pointer) (local.get $by))))
  (func $child (param $by i32) (result i32)
    (call $move (local.get $by))
    (call $move (i32.sub (i32.const 0) (local.get $by)))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const -0x7fffffff) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (i32.load (i32.const 12))))
