;;! summary = "a destructor of another type traps on the thread that ends"
;;! clauses = ["tls-13"]
;;! requires = ["spawn"]
;;! [expect]
;;! trap = { kind = "bad-signature", thread = 2 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32) (call $set (i32.load (i32.const 8)) (i32.const 1)))
  (func (export "main") (result i32)
    ;; A start function is no destructor: it has a result.
    (if (call $create (i32.const 1) (i32.const 8)) (then (return (i32.const 1))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 12)) (then (return (i32.const 2))))
    (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 0))))
