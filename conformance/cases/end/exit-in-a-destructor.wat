;;! summary = "a destructor of a child that ends can exit the process"
;;! clauses = ["end-25"]
;;! requires = ["spawn"]
;;! [expect]
;;! exit = 3
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "tls_create" (func $tls_create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $tls_set (param i32 i32) (result i32)))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (table 3 funcref)
  (elem (i32.const 1) $child $exit)
  ;; The import is the destructor itself: it exits with the value. The key is at 12.
  (func $child (param i32) (result i32)
    (if (call $tls_set (i32.load (i32.const 12)) (i32.const 3)) (then unreachable))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $tls_create (i32.const 2) (i32.const 12)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
