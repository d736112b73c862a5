;;! summary = "a module that gets its stack pointer from a loader is refused"
;;! clauses = ["threadify-12"]
;;! [expect]
;;! threadify-error = { code = "TF0011" }
(module
  (import "env" "__stack_pointer" (global (mut i32)))
  (memory 1 1 shared)
  (func (export "main") (result i32) (i32.const 0)))
