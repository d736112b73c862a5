;;! summary = "a join returns when the thread's destructors have run, and not before"
;;! clauses = ["join-3"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $start $destroy)
  ;; The key is at 8.
  (func $start (param i32) (result i32)
    (if (call $set (i32.load (i32.const 8)) (local.get 0)) (then unreachable))
    (i32.const 5))
  ;; Takes 50 ms, so that a join that does not wait is too early; then it adds the value to the word at 12.
  (func $destroy (param i32)
    (if (i32.ne (memory.atomic.wait32 (i32.const 24) (i32.const 0) (i64.const 50_000_000)) (i32.const 2)) (then unreachable))
    (i32.store (i32.const 12) (i32.add (i32.load (i32.const 12)) (local.get 0))))
  (func (export "main") (result i32)
    (if (call $create (i32.const 2) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 77) (i32.const 0) (i32.const 16)) (then unreachable))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then (return (i32.const 1))))
    (if (i32.ne (i32.load (i32.const 12)) (i32.const 77)) (then (return (i32.const 2))))
    ;; The value is the thread's, whatever came after.
    (if (i32.ne (i32.load (i32.const 20)) (i32.const 5)) (then (return (i32.const 3))))
    (i32.const 0)))
