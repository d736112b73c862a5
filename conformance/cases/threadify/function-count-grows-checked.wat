;;! summary = "among 200 functions, where a checked move of the stack pointer takes more bytes than before, code does what it did"
;;! clauses = ["threadify-25", "stacks-8"]
;;! requires = ["spawn"]
;;! [limits]
;;! stack-size = 65536
;;! [threadify]
;;! stack-check = true
;;! [expect]
;;! trap = { kind = "stack-overflow", thread = 3, function = "recurse" }
;;! stdout = "within"
(module
  (import "env" "memory" (memory 2 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 131072))
  (table 2 funcref)
  (elem (i32.const 1) $recurse)
  (data (i32.const 64) "within")
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func)
  ;; The sum of the levels, each kept on the stack.
  (func $recurse (param $levels i32) (result i32) (local $sum i32)
    (global.set $__stack_pointer (i32.sub (global.get $__stack_pointer) (i32.const 1024)))
    (i32.store (global.get $__stack_pointer) (local.get $levels))
    (if (i32.gt_u (local.get $levels) (i32.const 1))
      (then (local.set $sum (call $recurse (i32.sub (local.get $levels) (i32.const 1))))))
    (local.set $sum (i32.add (local.get $sum) (i32.load (global.get $__stack_pointer))))
    (global.set $__stack_pointer (i32.add (global.get $__stack_pointer) (i32.const 1024)))
    (local.get $sum))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 60) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (if (i32.ne (i32.load (i32.const 12)) (i32.const 1830)) (then unreachable))
    (if (call $write (i32.const 1) (i32.const 64) (i32.const 6)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 66) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12))))
