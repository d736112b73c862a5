;;! summary = "a table without a maximum grows to ten million elements, and by no more"
;;! clauses = ["limits-15"]
;;! profile = "full"
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (table 1 funcref)
  (func (export "main") (result i32)
    (if (i32.ne (table.grow (ref.null func) (i32.const 10_000_000)) (i32.const -1)) (then (return (i32.const 1))))
    (if (i32.ne (table.grow (ref.null func) (i32.const 9_999_999)) (i32.const 1)) (then (return (i32.const 2))))
    (i32.ne (table.grow (ref.null func) (i32.const 1)) (i32.const -1))))
