;;! summary = "offsets may be those of constant globals, and computed"
;;! clauses = ["init-1"]
;;! [expect]
;;! return = ["i32:42"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (global $base i32 (i32.const 1024))
  (data (global.get $base) "\28")
  (data (i32.add (global.get $base) (i32.mul (i32.const 3) (i32.const 4))) "\02")
  (func (export "main") (result i32) (i32.add (i32.load8_u (i32.const 1024)) (i32.load8_u (i32.const 1036)))))
