;;! summary = "a process whose memory cannot have one stack of the size that is asked for is not begun"
;;! clauses = ["limits-5"]
;;! [limits]
;;! stack-size = 262144
;;! [expect]
;;! load-error = { code = "ST0007" }
(module
  (import "env" "memory" (memory 2 4 shared))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (func (export "main") (result i32) (i32.const 0)))
