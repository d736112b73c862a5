;;! summary = "of eight waiters each is woken by one notify of one, and none by more or without"
;;! clauses = ["waits-5"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:8"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "wait32" (func $wait32 (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "notify" (func $notify (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $waits)
  ;; Counts itself at 12 when it was woken.
  (func $waits (param i32) (result i32)
    (if (call $wait32 (i32.const 8) (i32.const 0) (i64.const -1)) (then unreachable))
    (i32.atomic.rmw.add (i32.const 12) (i32.const 1)))
  ;; The sum of the answers until all are awake.
  (func (export "main") (result i32)
    (local $number i32) (local $woken i32) (local $sum i32)
    (loop $next
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $number (i32.add (local.get $number) (i32.const 1))) (i32.const 8))))
    (loop $again
      (call $yield)
      (if (call $notify (i32.const 8) (i32.const 0)) (then (return (i32.const -1))))
      (local.set $woken (call $notify (i32.const 8) (i32.const 1)))
      (if (i32.gt_u (local.get $woken) (i32.const 1)) (then (return (i32.const -2))))
      (local.set $sum (i32.add (local.get $sum) (local.get $woken)))
      (br_if $again (i32.lt_u (i32.atomic.load (i32.const 12)) (i32.const 8))))
    (local.get $sum)))
