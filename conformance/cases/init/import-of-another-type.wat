;;! summary = "an import with another type than the ABI says is an error"
;;! clauses = ["init-11"]
;;! [expect]
;;! load-error = { code = "ST0002" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_id" (func $id (result i64)))
  (func (export "main") (result i32) (i32.const 1)))
