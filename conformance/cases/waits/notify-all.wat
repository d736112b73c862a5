;;! summary = "a notify's count is unsigned: -1 wakes all, and the answer says how many those were"
;;! clauses = ["waits-5"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "wait32" (func $wait32 (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "notify" (func $notify (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $waits)
  ;; Counts itself at 16 before it waits, and at 12 when it was woken.
  (func $waits (param i32) (result i32)
    (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
    (if (call $wait32 (i32.const 8) (i32.const 0) (i64.const -1)) (then unreachable))
    (i32.atomic.rmw.add (i32.const 12) (i32.const 1)))
  ;; Wakes six threads, which mostly wait by then.
  (func $fails (param $count i32) (result i32)
    (local $number i32) (local $sum i32)
    (i32.atomic.store (i32.const 12) (i32.const 0))
    (i32.atomic.store (i32.const 16) (i32.const 0))
    (loop $next
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $number (i32.add (local.get $number) (i32.const 1))) (i32.const 6))))
    (loop $again
      (call $yield)
      (br_if $again (i32.lt_u (i32.atomic.load (i32.const 16)) (i32.const 6))))
    (if (call $sleep (i64.const 10_000_000)) (then unreachable))
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $notify (i32.const 8) (local.get $count))))
      (call $yield)
      (br_if $again (i32.lt_u (i32.atomic.load (i32.const 12)) (i32.const 6))))
    (i32.ne (local.get $sum) (i32.const 6)))
  (func (export "main") (result i32)
    (if (call $fails (i32.const -1)) (then (return (i32.const 1))))
    (if (call $fails (i32.const 0x80000000)) (then (return (i32.const 2))))
    (if (call $fails (i32.const 0x7fffffff)) (then (return (i32.const 3))))
    (i32.const 0)))
