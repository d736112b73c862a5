;;! summary = "a trap in a destructor is a trap of the thread whose value it destroys"
;;! clauses = ["traps-18"]
;;! requires = ["spawn"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 2, function = "destructor" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "tls_create" (func $tls_create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $tls_set (param i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $child $destructor)
  ;; The key is at 12.
  (func $destructor (param i32) unreachable)
  (func $child (param i32) (result i32) (call $tls_set (i32.load (i32.const 12)) (i32.const 1)))
  (func (export "main") (result i32)
    (if (call $tls_create (i32.const 2) (i32.const 12)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
