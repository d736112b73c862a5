;;! summary = "a destructor may lock, spawn and join like any other code of its thread"
;;! clauses = ["tls-14"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:8"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (table 4 funcref)
  (elem (i32.const 1) $start $destroy $plus_one)
  (func $plus_one (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (func $start (param i32) (result i32)
    (if (call $lock (i32.const 12) (i64.const -1)) (then unreachable))
    (call $set (i32.load (i32.const 8)) (local.get 0)))
  ;; Gives the mutex back that its thread still owns, and has another thread compute.
  (func $destroy (param i32)
    (if (call $spawn (i32.const 3) (local.get 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then unreachable))
    (if (call $unlock (i32.const 12)) (then unreachable)))
  (func (export "main") (result i32)
    (if (call $create (i32.const 2) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 7) (i32.const 0) (i32.const 24)) (then unreachable))
    (if (call $join (i32.load (i32.const 24)) (i64.const -1) (i32.const 0)) (then unreachable))
    (if (call $lock (i32.const 12) (i64.const 0)) (then unreachable))
    (i32.load (i32.const 20))))
