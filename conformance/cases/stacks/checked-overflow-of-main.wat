;;! summary = "main leaves the linker's stack, whose end the module tells, and traps"
;;! clauses = ["stacks-7"]
;;! [threadify]
;;! stack-check = true
;;! [expect]
;;! trap = { kind = "stack-overflow", thread = 1, function = "recurse" }
(module
  (import "env" "memory" (memory 4 64 shared))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 131072))
  (global $__stack_low (export "__stack_low") i32 (i32.const 65536))
  ;; A kibibyte of stack for each level, of which all is written.
  (func $recurse (param $levels i32) (result i32)
    (global.set $__stack_pointer (i32.sub (global.get $__stack_pointer) (i32.const 1024)))
    (memory.fill (global.get $__stack_pointer) (i32.const 255) (i32.const 1024))
    (if (i32.gt_u (local.get $levels) (i32.const 1))
      (then (drop (call $recurse (i32.sub (local.get $levels) (i32.const 1))))))
    (global.set $__stack_pointer (i32.add (global.get $__stack_pointer) (i32.const 1024)))
    (i32.const 0))
  (func (export "main") (result i32) (call $recurse (i32.const 66))))
