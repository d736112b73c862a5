;;! summary = "what was written before a trap is written"
;;! clauses = ["output-6"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 1 }
;;! stdout = "no line"
;;! stderr = "nor here"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (data (i32.const 64) "no linenor here")
  (func (export "main") (result i32)
    (if (call $write (i32.const 1) (i32.const 64) (i32.const 7)) (then (return (i32.const 1))))
    (if (call $write (i32.const 2) (i32.const 71) (i32.const 8)) (then (return (i32.const 2))))
    unreachable))
