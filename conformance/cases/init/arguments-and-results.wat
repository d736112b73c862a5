;;! summary = "arguments of every number type come in as they are given, and four results out"
;;! clauses = ["init-10"]
;;! entry-args = ["i32:-2147483648", "i64:-9223372036854775808", "f32:-0.5", "f64:1e300"]
;;! [expect]
;;! return = ["f64:1e300", "f32:-0.5", "i64:-9223372036854775808", "i32:-2147483648"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (param i32 i64 f32 f64) (result f64 f32 i64 i32)
    (local.get 3)
    (local.get 2)
    (local.get 1)
    (local.get 0)))
