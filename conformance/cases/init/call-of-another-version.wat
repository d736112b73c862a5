;;! summary = "an import of a call that the ABI does not have is an error"
;;! clauses = ["init-11"]
;;! [expect]
;;! load-error = { code = "ST0001" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_unheard_of" (func $call))
  (func (export "main") (result i32) (i32.const 1)))
