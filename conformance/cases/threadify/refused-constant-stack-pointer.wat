;;! summary = "a stack pointer that cannot move is none"
;;! clauses = ["threadify-11"]
;;! [expect]
;;! threadify-error = { code = "TF0010" }
(module
  (memory 1 1 shared)
  (global (export "__stack_pointer") i32 (i32.const 65536))
  (func (export "main") (result i32) (i32.const 0)))
