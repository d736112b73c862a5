;;! summary = "a main thread that needs 65 KiB of its 64 KiB of stack is found out when it returns"
;;! clauses = ["stacks-11"]
;;! [limits]
;;! stack-size = 65536
;;! [expect]
;;! trap = { kind = "stack-overflow", thread = 1 }
(module
  (import "env" "memory" (memory 4 64 shared))
  (import "raddle_v1" "thread_id" (func $thread_id (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 131072))
  ;; A kibibyte of stack for each level, of which all is written.
  (func $recurse (param $levels i32)
    (global.set $__stack_pointer (i32.sub (global.get $__stack_pointer) (i32.const 1024)))
    (memory.fill (global.get $__stack_pointer) (i32.const 255) (i32.const 1024))
    (if (i32.gt_u (local.get $levels) (i32.const 1))
      (then (call $recurse (i32.sub (local.get $levels) (i32.const 1)))))
    (global.set $__stack_pointer (i32.add (global.get $__stack_pointer) (i32.const 1024))))
  (func (export "main") (result i32)
    (call $recurse (i32.const 65))
    (call $thread_id)))
