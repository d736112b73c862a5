;;! summary = "a conversion of NaN in the main thread is a trap of its kind, in the innermost function"
;;! clauses = ["traps-8", "traps-15"]
;;! [expect]
;;! trap = { kind = "bad-conversion", thread = 1, function = "innermost" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func $innermost (result i32) (i32.trunc_f64_s (f64.const nan)))
  (func $outer (param i32) (result i32) (i32.add (call $innermost) (local.get 0)))
  (func (export "main") (result i32) (call $outer (i32.const 1))))
