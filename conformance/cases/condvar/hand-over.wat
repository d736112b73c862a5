;;! summary = "two threads take turns 500 times: no notify comes between the unlock and the wait"
;;! clauses = ["condvar-8"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:1000"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "cond_wait" (func $wait (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "cond_notify" (func $notify (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $turns)
  ;; Under the mutex at 8: the word at 16 counts the turns; the even ones are thread 0's, the odd ones thread 1's.
  (func $turns (param $me i32) (result i32)
    (local $round i32)
    (loop $next
      (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
      (loop $again
        (if (i32.ne (i32.and (i32.load (i32.const 16)) (i32.const 1)) (local.get $me)) (then
          (if (call $wait (i32.const 12) (i32.const 8) (i64.const -1)) (then unreachable))
          (br $again))))
      (i32.store (i32.const 16) (i32.add (i32.load (i32.const 16)) (i32.const 1)))
      ;; In turns, too: with the mutex, and without it.
      (if (i32.and (local.get $round) (i32.const 1)) (then (drop (call $notify (i32.const 12) (i32.const 1)))))
      (if (call $unlock (i32.const 8)) (then unreachable))
      (if (i32.eqz (i32.and (local.get $round) (i32.const 1))) (then (drop (call $notify (i32.const 12) (i32.const 1)))))
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 500))))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 20)) (then unreachable))
    (drop (call $turns (i32.const 0)))
    (if (call $join (i32.load (i32.const 20)) (i64.const -1) (i32.const 0)) (then unreachable))
    (i32.load (i32.const 16))))
