;; Returns its argument.
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "echo32") (param i32) (result i32) (local.get 0))
  (func (export "echo64") (param i64) (result i64) (local.get 0)))
