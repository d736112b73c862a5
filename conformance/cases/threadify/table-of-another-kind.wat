;;! summary = "in a module whose first table holds no functions a spawn returns INVALID; some hosts have no such tables"
;;! clauses = ["threadify-28"]
;;! requires = ["spawn"]
;;! [expect]
;;! one-of = [{ return = ["i32:2"] }, { load-error = {} }]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (table 2 externref)
  (table $functions 2 funcref)
  (elem (table $functions) (i32.const 1) func $child)
  (func $child (param i32) (result i32) unreachable)
  (func (export "main") (result i32) (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0))))
