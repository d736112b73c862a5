;;! summary = "no thread can join itself, not even for a while; and nothing comes of having tried"
;;! clauses = ["join-9"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_id" (func $id (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; DEADLOCK at once, whatever the time-out: 0 if so.
  (func $start (param i32) (result i32)
    (if (i32.ne (call $join (call $id) (i64.const -1) (i32.const 0)) (i32.const 4)) (then (return (i32.const 1))))
    (if (i32.ne (call $join (call $id) (i64.const 0) (i32.const 0)) (i32.const 4)) (then (return (i32.const 2))))
    (if (i32.ne (call $join (call $id) (i64.const 600_000_000_000) (i32.const 0)) (i32.const 4))
      (then (return (i32.const 3))))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $start (i32.const 0)) (then (return (i32.const 1))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then (return (i32.const 2))))
    (if (i32.load (i32.const 12)) (then (return (i32.const 3))))
    (i32.const 0)))
