;;! summary = "two threads join each other without time-outs: one is refused, and then the others succeed"
;;! clauses = ["join-11", "join-10"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:1"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Joins the thread whose id is at its argument. How often that was DEADLOCK is counted at 8, how many threads are done at 12.
  (func $start (param $other i32) (result i32)
    (local $status i32)
    ;; All ids are known once the word at 16 is set.
    (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1)))
    (if (local.tee $status (call $join (i32.load (local.get $other)) (i64.const -1) (i32.const 0)))
      (then
        (if (i32.ne (local.get $status) (i32.const 4)) (then unreachable))
        (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))))
    (drop (i32.atomic.rmw.add (i32.const 12) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 12) (i32.const 1)))
    (i32.const 0))
  ;; How many were refused.
  (func (export "main") (result i32)
    (local $at i32) (local $done i32)
    ;; 2 threads with their ids at 256; the last one joins the first.
    (loop $next
      (if (call $spawn
            (i32.const 1)
            (i32.add (i32.const 256) (i32.rem_u (i32.add (local.get $at) (i32.const 4)) (i32.const 8)))
            (i32.const 0) (i32.add (i32.const 256) (local.get $at)))
        (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 8))))
    (i32.atomic.store (i32.const 16) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 16) (i32.const -1)))
    (loop $again
      (local.set $done (i32.atomic.load (i32.const 12)))
      (if (i32.lt_u (local.get $done) (i32.const 2)) (then
        (drop (memory.atomic.wait32 (i32.const 12) (local.get $done) (i64.const -1)))
        (br $again))))
    (i32.atomic.load (i32.const 8))))
