;;! summary = "a sleep of a negative time is refused at once"
;;! clauses = ["arguments-6"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (func (export "main") (result i32)
    ;; INVALID
    (if (i32.ne (call $sleep (i64.const -1)) (i32.const 2)) (then (return (i32.const 1))))
    (if (i32.ne (call $sleep (i64.const -1_000_000_000)) (i32.const 2)) (then (return (i32.const 2))))
    (if (i32.ne (call $sleep (i64.const 0x8000000000000000)) (i32.const 2)) (then (return (i32.const 3))))
    (i32.const 0)))
