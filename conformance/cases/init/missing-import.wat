;;! summary = "an import that nobody provides is an error before anything runs"
;;! clauses = ["init-11"]
;;! [expect]
;;! load-error = { code = "ST0001" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "env" "nobody" (func $nobody))
  (func (export "main") (result i32) (i32.const 1)))
