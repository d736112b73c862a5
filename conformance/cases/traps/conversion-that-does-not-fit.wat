;;! summary = "a conversion of a number that is too large for the integer traps"
;;! clauses = ["traps-13"]
;;! [expect]
;;! one-of = [{ trap = { kind = "bad-conversion", thread = 1 } }, { trap = { kind = "integer-overflow", thread = 1 } }]
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32) (i32.trunc_f32_s (f32.const 1e20))))
