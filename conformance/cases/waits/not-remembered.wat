;;! summary = "a notify that finds no waiter returns 0, and is not kept for a later waiter"
;;! clauses = ["waits-7", "waits-5"]
;;! requires = ["timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "wait32" (func $wait32 (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "notify" (func $notify (param i32 i32) (result i32)))
  (func (export "main") (result i32)
    (if (call $notify (i32.const 8) (i32.const 1)) (then (return (i32.const 1))))
    (if (call $notify (i32.const 8) (i32.const -1)) (then (return (i32.const 2))))
    (if (memory.atomic.notify (i32.const 8) (i32.const -1)) (then (return (i32.const 3))))
    (if (i32.ne (call $wait32 (i32.const 8) (i32.const 0) (i64.const 5_000_000)) (i32.const 2)) (then (return (i32.const 4))))
    (if (i32.ne (call $wait32 (i32.const 8) (i32.const 0) (i64.const 0)) (i32.const 2)) (then (return (i32.const 5))))
    ;; Who gave up waits no longer.
    (call $notify (i32.const 8) (i32.const -1))))
