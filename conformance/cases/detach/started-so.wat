;;! summary = "a thread that starts detached can be neither joined nor detached"
;;! clauses = ["detach-5"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_detach" (func $detach (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Lives until the word at 8 is set.
  (func $start (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (i32.const 0))
  (func (export "main") (result i32)
    (local $id i32)
    ;; The attributes at 32: 8 bytes, and flags.
    (i32.store (i32.const 32) (i32.const 8))
    (i32.store (i32.const 36) (i32.const 1))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 16)) (then (return (i32.const 1))))
    (local.set $id (i32.load (i32.const 16)))
    ;; INVALID
    (if (i32.ne (call $join (local.get $id) (i64.const 0) (i32.const 0)) (i32.const 2)) (then (return (i32.const 2))))
    (if (i32.ne (call $join (local.get $id) (i64.const -1) (i32.const 0)) (i32.const 2)) (then (return (i32.const 3))))
    (if (i32.ne (call $detach (local.get $id)) (i32.const 2)) (then (return (i32.const 4))))
    ;; With the bit clear it is a thread like any other: TIMED_OUT.
    (i32.store (i32.const 36) (i32.const 0))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 16)) (then (return (i32.const 5))))
    (if (i32.ne (call $join (i32.load (i32.const 16)) (i64.const 0) (i32.const 0)) (i32.const 6)) (then (return (i32.const 6))))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
    (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 0))))
