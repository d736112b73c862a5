;;! summary = "a module with a stack in memory begins with more than its minimum, and within its maximum"
;;! clauses = ["memory-12"]
;;! [limits]
;;! stack-size = 65536
;;! [expect]
;;! return = ["i32:1"]
(module
  (import "env" "memory" (memory 3 64 shared))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (func (export "main") (result i32)
    (i32.and (i32.gt_u (memory.size) (i32.const 3)) (i32.le_u (memory.size) (i32.const 64)))))
