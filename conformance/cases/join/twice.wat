;;! summary = "a thread that was joined no longer exists, for joins of every kind"
;;! clauses = ["join-8"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_detach" (func $detach (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32) (i32.const 5))
  (func (export "main") (result i32)
    (local $id i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (local.set $id (i32.load (i32.const 8)))
    (if (call $join (local.get $id) (i64.const -1) (i32.const 12)) (then (return (i32.const 1))))
    (i32.store (i32.const 12) (i32.const 1234))
    ;; NO_THREAD, and nothing is stored.
    (if (i32.ne (call $join (local.get $id) (i64.const -1) (i32.const 12)) (i32.const 3)) (then (return (i32.const 2))))
    (if (i32.ne (call $join (local.get $id) (i64.const 0) (i32.const 12)) (i32.const 3)) (then (return (i32.const 3))))
    (if (i32.ne (call $join (local.get $id) (i64.const 600_000_000_000) (i32.const 12)) (i32.const 3))
      (then (return (i32.const 4))))
    (if (i32.ne (call $detach (local.get $id)) (i32.const 3)) (then (return (i32.const 5))))
    (if (i32.ne (i32.load (i32.const 12)) (i32.const 1234)) (then (return (i32.const 6))))
    (i32.const 0)))
