;;! summary = "the last word of memory can be waited for and notified"
;;! clauses = ["waits-11"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "wait32" (func $wait32 (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "wait64" (func $wait64 (param i32 i64 i64) (result i32)))
  (import "raddle_v1" "notify" (func $notify (param i32 i32) (result i32)))
  (func (export "main") (result i32)
    (local $end i32)
    (local.set $end (i32.shl (memory.size) (i32.const 16)))
    (if (i32.ne (call $wait32 (i32.sub (local.get $end) (i32.const 4)) (i32.const 0) (i64.const 0)) (i32.const 2))
      (then (return (i32.const 1))))
    (if (i32.ne (call $wait64 (i32.sub (local.get $end) (i32.const 8)) (i64.const 0) (i64.const 0)) (i32.const 2))
      (then (return (i32.const 2))))
    (call $notify (i32.sub (local.get $end) (i32.const 4)) (i32.const -1))))
