;;! summary = "a main of C's, which takes a count and a vector, is given zeros"
;;! clauses = ["init-9"]
;;! [expect]
;;! return = ["i32:1"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (param $argc i32) (param $argv i32) (result i32)
    (i32.eqz (i32.or (local.get $argc) (local.get $argv)))))
