;;! summary = "a write that would exceed ten bytes of both streams together writes nothing, and a shorter one is made"
;;! clauses = ["limits-12"]
;;! [limits]
;;! max-output = 10
;;! [expect]
;;! return = ["i32:0"]
;;! stdout = "abcdef"
;;! stderr = "ghij"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (data (i32.const 64) "abcdefghijk")
  ;; AGAIN is 1.
  (func (export "main") (result i32)
    (if (i32.ne (call $write (i32.const 1) (i32.const 64) (i32.const 11)) (i32.const 1)) (then (return (i32.const 1))))
    (if (call $write (i32.const 1) (i32.const 64) (i32.const 6)) (then (return (i32.const 2))))
    (if (i32.ne (call $write (i32.const 2) (i32.const 70) (i32.const 5)) (i32.const 1)) (then (return (i32.const 3))))
    (if (call $write (i32.const 2) (i32.const 70) (i32.const 4)) (then (return (i32.const 4))))
    (if (i32.ne (call $write (i32.const 1) (i32.const 64) (i32.const 1)) (i32.const 1)) (then (return (i32.const 5))))
    ;; Nothing always fits.
    (call $write (i32.const 1) (i32.const 64) (i32.const 0))))
