;;! summary = "when the main thread exits its destructors run, and so do those of detached threads"
;;! clauses = ["tls-8"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = []
;;! stdout = "md"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_exit" (func $exit (param i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $start $tell)
  (data (i32.const 64) "md")
  ;; Writes the letter at the value.
  (func $tell (param i32) (drop (call $write (i32.const 1) (local.get 0) (i32.const 1))))
  ;; Detached; ends when the main thread has ended.
  (func $start (param i32) (result i32)
    (if (call $set (i32.load (i32.const 8)) (i32.const 65)) (then unreachable))
    (if (call $join (i32.const 1) (i64.const -1) (i32.const 0)) (then unreachable))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $create (i32.const 2) (i32.const 8)) (then unreachable))
    (if (call $set (i32.load (i32.const 8)) (i32.const 64)) (then unreachable))
    ;; The attributes at 32: 8 bytes, detached.
    (i32.store (i32.const 32) (i32.const 8))
    (i32.store (i32.const 36) (i32.const 1))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 0)) (then unreachable))
    (call $exit (i32.const 0))
    unreachable))
