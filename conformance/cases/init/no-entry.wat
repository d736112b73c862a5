;;! summary = "a module with neither _start nor main needs an entry"
;;! clauses = ["init-11"]
;;! [expect]
;;! load-error = { code = "ST0004" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "weave") (result i32) (i32.const 1)))
