;;! summary = "a trap in the last of 127 functions has its name, although the count of functions takes one more byte after threadify"
;;! clauses = ["threadify-25"]
;;! [expect]
;;! trap = { kind = "division-by-zero", thread = 1, function = "last" }
(module
  (import "env" "memory" (memory 1 4 shared))
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
  (func) (func) (func) (func) (func)
  (func (export "main") (result i32)
    (i32.add (memory.atomic.wait32 (i32.const 64) (i32.const 1) (i64.const 0)) (call $last (i32.const 0))))
  (func $last (param i32) (result i32) (i32.div_u (i32.const 7) (local.get 0))))
