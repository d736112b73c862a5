;;! summary = "a join with a time-out of a thread that waits for ever is not a deadlock: it times out"
;;! clauses = ["deadlock-5"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param i32) (result i32) (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    ;; TIMED_OUT is 6.
    (if (i32.ne (call $join (i32.load (i32.const 8)) (i64.const 30_000_000) (i32.const 0)) (i32.const 6)) (then unreachable))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 64) (i32.const -1)))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
