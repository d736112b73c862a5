;;! summary = "the entry that is named is called, and neither _start nor main"
;;! clauses = ["init-10"]
;;! entry = "weave"
;;! [expect]
;;! return = ["i32:3"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32) (i32.const 1))
  (func (export "_start") (result i32) (i32.const 2))
  (func (export "weave") (result i32) (i32.const 3)))
