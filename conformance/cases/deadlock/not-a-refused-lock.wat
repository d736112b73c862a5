;;! summary = "the only thread joins itself and locks its own mutex again: both are refused, and it goes on"
;;! clauses = ["deadlock-11"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_id" (func $id (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  ;; DEADLOCK is 4.
  (func (export "main") (result i32)
    (if (i32.ne (call $join (call $id) (i64.const -1) (i32.const 0)) (i32.const 4)) (then (return (i32.const 1))))
    (if (call $lock (i32.const 16) (i64.const -1)) (then (return (i32.const 2))))
    (if (i32.ne (call $lock (i32.const 16) (i64.const -1)) (i32.const 4)) (then (return (i32.const 3))))
    (call $unlock (i32.const 16))))
