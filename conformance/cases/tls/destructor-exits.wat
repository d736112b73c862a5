;;! summary = "a destructor that exits its thread ends by that; the others still run, and the thread's value stands"
;;! clauses = ["tls-12"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:77", "i32:7"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_exit" (func $exit (param i32)))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $start $exits)
  (func $value (param i32)
    (if (call $create (i32.const 2) (i32.const 8)) (then unreachable))
    (if (call $set (i32.load (i32.const 8)) (local.get 0)) (then unreachable)))
  ;; Three keys with one bit each.
  (func $start (param i32) (result i32)
    (call $value (i32.const 1))
    (call $value (i32.const 2))
    (call $value (i32.const 4))
    (i32.const 77))
  (func $exits (param i32)
    (drop (i32.atomic.rmw.or (i32.const 12) (local.get 0)))
    (call $exit (i32.const 99))
    unreachable)
  (func (export "main") (result i32 i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then unreachable))
    (i32.load (i32.const 20))
    (i32.load (i32.const 12))))
