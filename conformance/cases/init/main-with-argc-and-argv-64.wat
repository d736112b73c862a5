;;! summary = "a main of C's with a 64-bit vector is given zeros"
;;! clauses = ["init-9"]
;;! requires = ["memory64"]
;;! [expect]
;;! return = ["i32:1"]
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (func (export "main") (param $argc i32) (param $argv i64) (result i32)
    (i64.eqz (i64.or (i64.extend_i32_u (local.get $argc)) (local.get $argv)))))
