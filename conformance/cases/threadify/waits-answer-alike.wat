;;! summary = "waits as instructions and as calls answer 1 for another value and 2 after the time-out, for both widths and at offsets"
;;! clauses = ["threadify-22"]
;;! requires = ["timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 4 shared))
  (import "raddle_v1" "wait32" (func $wait32 (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "wait64" (func $wait64 (param i32 i64 i64) (result i32)))
  (import "raddle_v1" "notify" (func $notify (param i32 i32) (result i32)))
  (data (i32.const 256) "\01\00\00\00\00\00\00\80")
  (func (export "main") (result i32)
    (if (i32.ne (memory.atomic.wait32 (i32.const 256) (i32.const 2) (i64.const -1)) (i32.const 1)) (then (return (i32.const 1))))
    (if (i32.ne (call $wait32 (i32.const 256) (i32.const 2) (i64.const -1)) (i32.const 1)) (then (return (i32.const 2))))
    ;; All of the 64 bits are compared.
    (if (i32.ne (memory.atomic.wait64 (i32.const 256) (i64.const 1) (i64.const -1)) (i32.const 1)) (then (return (i32.const 3))))
    (if (i32.ne (call $wait64 (i32.const 256) (i64.const 1) (i64.const -1)) (i32.const 1)) (then (return (i32.const 4))))
    (if (i32.ne (memory.atomic.wait32 offset=252 (i32.const 8) (i32.const 0x80000000) (i64.const 1_000_000)) (i32.const 2))
      (then (return (i32.const 5))))
    (if (i32.ne (call $wait32 (i32.const 260) (i32.const 0x80000000) (i64.const 1_000_000)) (i32.const 2))
      (then (return (i32.const 6))))
    (if (i32.ne (memory.atomic.wait64 offset=248 (i32.const 8) (i64.const 0x8000000000000001) (i64.const 1_000_000)) (i32.const 2))
      (then (return (i32.const 7))))
    (if (i32.ne (call $wait64 (i32.const 256) (i64.const 0x8000000000000001) (i64.const 1_000_000)) (i32.const 2))
      (then (return (i32.const 8))))
    (if (memory.atomic.notify offset=248 (i32.const 8) (i32.const -1)) (then (return (i32.const 9))))
    (call $notify (i32.const 256) (i32.const -1))))
