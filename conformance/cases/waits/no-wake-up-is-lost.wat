;;! summary = "two threads take turns 1000 times: what is stored and notified between the comparison and the wait is not missed"
;;! clauses = ["waits-12"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:2000"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $turns)
  ;; The word at 8 counts the turns; the even ones are thread 0's, the odd ones thread 1's.
  (func $turns (param $me i32) (result i32)
    (local $turn i32)
    (local.set $turn (local.get $me))
    (loop $next
      (loop $again
        (if (i32.ne (i32.atomic.load (i32.const 8)) (local.get $turn)) (then
          (drop (memory.atomic.wait32 (i32.const 8) (i32.sub (local.get $turn) (i32.const 1)) (i64.const -1)))
          (br $again))))
      (i32.atomic.store (i32.const 8) (i32.add (local.get $turn) (i32.const 1)))
      (drop (memory.atomic.notify (i32.const 8) (i32.const 1)))
      (br_if $next (i32.lt_u (local.tee $turn (i32.add (local.get $turn) (i32.const 2))) (i32.const 2000))))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 12)) (then unreachable))
    (drop (call $turns (i32.const 0)))
    (if (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 0)) (then unreachable))
    (i32.atomic.load (i32.const 8))))
