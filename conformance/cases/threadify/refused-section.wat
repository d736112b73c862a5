;;! summary = "a section raddle.threads of an unknown version is refused"
;;! clauses = ["threadify-18"]
;;! [expect]
;;! threadify-error = { code = "TF0017" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "raddle_enter") (param i32 i32 i32))
  (func (export "raddle_trap") unreachable)
  (func (export "main") (result i32) (i32.const 0))
  (@custom "raddle.threads" "\63"))
