;;! summary = "a wait for a value that is not there returns 1 at once, whatever the time-out"
;;! clauses = ["waits-1"]
;;! requires = ["timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "wait32" (func $wait32 (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "wait64" (func $wait64 (param i32 i64 i64) (result i32)))
  ;; By the imports and by the instructions. A 64-bit value differs in either half.
  (func $fails (param $timeout i64) (result i32)
    (if (i32.ne (call $wait32 (i32.const 8) (i32.const 6) (local.get $timeout)) (i32.const 1)) (then (return (i32.const 1))))
    (if (i32.ne (call $wait64 (i32.const 8) (i64.const 0x0000000600000004) (local.get $timeout)) (i32.const 1))
      (then (return (i32.const 1))))
    (if (i32.ne (call $wait64 (i32.const 8) (i64.const 0x0000000700000005) (local.get $timeout)) (i32.const 1))
      (then (return (i32.const 1))))
    (if (i32.ne (memory.atomic.wait32 (i32.const 8) (i32.const 0) (local.get $timeout)) (i32.const 1))
      (then (return (i32.const 1))))
    (if (i32.ne (memory.atomic.wait64 (i32.const 8) (i64.const 5) (local.get $timeout)) (i32.const 1))
      (then (return (i32.const 1))))
    (i32.const 0))
  (func (export "main") (result i32)
    (i32.store (i32.const 8) (i32.const 5))
    (i32.store (i32.const 12) (i32.const 6))
    (if (call $fails (i64.const -1)) (then (return (i32.const 1))))
    (if (call $fails (i64.const 0)) (then (return (i32.const 2))))
    (if (call $fails (i64.const 600_000_000_000)) (then (return (i32.const 3))))
    (if (call $fails (i64.const 0x7fffffffffffffff)) (then (return (i32.const 4))))
    (if (call $fails (i64.const 0x8000000000000000)) (then (return (i32.const 5))))
    (i32.const 0)))
