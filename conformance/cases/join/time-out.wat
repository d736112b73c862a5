;;! summary = "a join whose time-out passes says so, not before that time, and leaves the thread to be joined by another"
;;! clauses = ["join-6", "join-10"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "clock_now" (func $now (result i64)))
  (table 3 funcref)
  (elem (i32.const 1) $lives $joins)
  ;; Lives until the word at 8 is set.
  (func $lives (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (i32.const 77))
  ;; Joins the first thread, and returns its value.
  (func $joins (param i32) (result i32)
    (if (call $join (local.get 0) (i64.const -1) (i32.const 24)) (then unreachable))
    (i32.load (i32.const 24)))
  (func (export "main") (result i32)
    (local $begin i64)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 12)) (then unreachable))
    (local.set $begin (call $now))
    ;; TIMED_OUT after 20 ms, and nothing is stored.
    (if (i32.ne (call $join (i32.load (i32.const 12)) (i64.const 20_000_000) (i32.const 16)) (i32.const 6))
      (then (return (i32.const 1))))
    (if (i64.lt_s (i64.sub (call $now) (local.get $begin)) (i64.const 20_000_000)) (then (return (i32.const 2))))
    (if (i32.load (i32.const 16)) (then (return (i32.const 3))))
    (if (call $spawn (i32.const 2) (i32.load (i32.const 12)) (i32.const 0) (i32.const 20)) (then unreachable))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
    (if (call $join (i32.load (i32.const 20)) (i64.const -1) (i32.const 16)) (then (return (i32.const 4))))
    (if (i32.ne (i32.load (i32.const 16)) (i32.const 77)) (then (return (i32.const 5))))
    (i32.const 0)))
