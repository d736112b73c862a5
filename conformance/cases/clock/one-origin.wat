;;! summary = "two threads that look at the clock in turns see it go forward, because it has one origin"
;;! clauses = ["clock-1", "clock-2"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "clock_now" (func $now (result i64)))
  (table 2 funcref)
  (elem (i32.const 1) $turns)
  ;; The word at 8 counts the turns; the time of the last one is at 16. Returns 1 if the clock went back.
  (func $turns (param $me i32) (result i32)
    (local $turn i32) (local $now i64)
    (local.set $turn (local.get $me))
    (loop $next
      (loop $again
        (if (i32.ne (i32.atomic.load (i32.const 8)) (local.get $turn)) (then
          (drop (memory.atomic.wait32 (i32.const 8) (i32.sub (local.get $turn) (i32.const 1)) (i64.const -1)))
          (br $again))))
      (local.set $now (call $now))
      (if (i64.lt_s (local.get $now) (i64.load (i32.const 16))) (then (i32.store (i32.const 24) (i32.const 1))))
      (i64.store (i32.const 16) (local.get $now))
      (i32.atomic.store (i32.const 8) (i32.add (local.get $turn) (i32.const 1)))
      (drop (memory.atomic.notify (i32.const 8) (i32.const 1)))
      (br_if $next (i32.lt_u (local.tee $turn (i32.add (local.get $turn) (i32.const 2))) (i32.const 400))))
    (i32.load (i32.const 24)))
  (func (export "main") (result i32)
    ;; The other thread is 20 ms younger.
    (if (call $sleep (i64.const 20_000_000)) (then unreachable))
    (i64.store (i32.const 16) (call $now))
    (if (call $spawn (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 12)) (then unreachable))
    (drop (call $turns (i32.const 0)))
    (if (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 28)) (then unreachable))
    (i32.load (i32.const 28))))
