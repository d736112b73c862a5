;;! summary = "in a 64-bit memory a child that leaves its stack traps"
;;! clauses = ["stacks-7"]
;;! requires = ["spawn", "memory64"]
;;! [limits]
;;! stack-size = 65536
;;! [threadify]
;;! stack-check = true
;;! [expect]
;;! trap = { kind = "stack-overflow", thread = 2, function = "recurse" }
(module
  (import "env" "memory" (memory i64 2 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i64) (i64.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Main goes 60 levels deep, the child without end.
  (func $recurse (param $levels i64)
    (global.set $__stack_pointer (i64.sub (global.get $__stack_pointer) (i64.const 1024)))
    (i64.store (global.get $__stack_pointer) (local.get $levels))
    (if (i64.ne (local.get $levels) (i64.const 1)) (then (call $recurse (i64.sub (local.get $levels) (i64.const 1)))))
    (global.set $__stack_pointer (i64.add (global.get $__stack_pointer) (i64.const 1024))))
  (func $child (param i64) (result i64)
    (call $recurse (i64.const 0))
    (i64.const 0))
  (func (export "main") (result i32)
    (call $recurse (i64.const 60))
    (if (call $spawn (i64.const 1) (i64.const 0) (i64.const 0) (i64.const 8)) (then unreachable))
    (call $join (i32.load (i64.const 8)) (i64.const -1) (i64.const 0))))
