;;! summary = "an exception that the main thread does not catch is a trap; some hosts have no exceptions"
;;! clauses = ["traps-12"]
;;! [expect]
;;! one-of = [{ trap = { kind = "uncaught-exception", thread = 1 } }, { load-error = {} }]
(module
  (import "env" "memory" (memory 1 1 shared))
  (tag $thrown)
  (func (export "main") (result i32) (throw $thrown)))
