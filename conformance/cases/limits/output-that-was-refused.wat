;;! summary = "bytes outside memory, and for a stream that there is not, are not counted as output"
;;! clauses = ["limits-13"]
;;! [limits]
;;! max-output = 4
;;! [expect]
;;! return = ["i32:0"]
;;! stdout = "loom"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (data (i32.const 64) "loom")
  ;; FAULT is 8, INVALID is 2.
  (func (export "main") (result i32)
    (if (i32.ne (call $write (i32.const 1) (i32.const 65534) (i32.const 4)) (i32.const 8)) (then (return (i32.const 1))))
    (if (i32.ne (call $write (i32.const 3) (i32.const 64) (i32.const 4)) (i32.const 2)) (then (return (i32.const 2))))
    (call $write (i32.const 1) (i32.const 64) (i32.const 4))))
