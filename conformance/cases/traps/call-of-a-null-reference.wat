;;! summary = "a call of a null reference traps"
;;! clauses = ["traps-11"]
;;! [expect]
;;! trap = { kind = "null-reference", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (type $function (func))
  (func (export "main") (result i32)
    (call_ref $function (ref.null $function))
    (i32.const 0)))
