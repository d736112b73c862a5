;;! summary = "a join returns when the thread has done all that it does, and not before"
;;! clauses = ["join-2"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Takes 50 ms, so that a join that does not wait is too early; its last act is to set the word at 12.
  (func $start (param i32) (result i32)
    (if (i32.ne (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const 50_000_000)) (i32.const 2)) (then unreachable))
    (i32.store (i32.const 12) (i32.const 1))
    (i32.const 5))
  (func (export "main") (result i32)
    (local $round i32)
    (loop $next
      (i32.store (i32.const 12) (i32.const 0))
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
      (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then (return (i32.const 1))))
      (if (i32.ne (i32.load (i32.const 12)) (i32.const 1)) (then (return (i32.const 2))))
      (if (i32.ne (i32.load (i32.const 20)) (i32.const 5)) (then (return (i32.const 3))))
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 4))))
    (i32.const 0)))
