;;! summary = "a thread that sleeps keeps no other from running, and none can wake it"
;;! clauses = ["clock-3", "clock-4"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "clock_now" (func $now (result i64)))
  (import "raddle_v1" "cond_notify" (func $cond_notify (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $sleeps)
  ;; 0 if the sleep lasted.
  (func $sleeps (param i32) (result i32)
    (local $begin i64)
    (local.set $begin (call $now))
    (if (call $sleep (i64.const 40_000_000)) (then (return (i32.const 1))))
    (i64.lt_s (i64.sub (call $now) (local.get $begin)) (i64.const 40_000_000)))
  (func (export "main") (result i32)
    (local $at i32) (local $status i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    ;; Notifies of all kinds, until it ends.
    (loop $again
      (local.set $at (i32.and (i32.add (local.get $at) (i32.const 4)) (i32.const 255)))
      (if (memory.atomic.notify (local.get $at) (i32.const -1)) (then (return (i32.const 2))))
      (if (call $cond_notify (local.get $at) (i32.const -1)) (then (return (i32.const 3))))
      (call $yield)
      (br_if $again
        (i32.eq (local.tee $status (call $join (i32.load (i32.const 8)) (i64.const 0) (i32.const 12))) (i32.const 6))))
    (if (local.get $status) (then unreachable))
    (i32.load (i32.const 12))))
