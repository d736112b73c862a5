;;! summary = "a thread may join for a while the main thread, which joins it for ever"
;;! clauses = ["join-12", "join-6"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:6"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Returns TIMED_OUT, though by then the main thread joins it.
  (func $start (param i32) (result i32) (call $join (i32.const 1) (i64.const 50_000_000) (i32.const 0)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then (return (i32.const 1))))
    (i32.load (i32.const 12))))
