;;! summary = "a notify wakes as many of five waiters as it says, and returns how many it woke"
;;! clauses = ["condvar-4"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "cond_wait" (func $wait (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "cond_notify" (func $notify (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $waits)
  ;; Under the mutex at 8: how many wait is counted at 16, how many were woken at 20.
  (func $waits (param i32) (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (i32.store (i32.const 16) (i32.add (i32.load (i32.const 16)) (i32.const 1)))
    (if (call $wait (i32.const 12) (i32.const 8) (i64.const -1)) (then unreachable))
    (i32.store (i32.const 20) (i32.add (i32.load (i32.const 20)) (i32.const 1)))
    (call $unlock (i32.const 8)))
  ;; The word at an address, read under the mutex.
  (func $read (param $at i32) (result i32)
    (local $value i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (local.set $value (i32.load (local.get $at)))
    (if (call $unlock (i32.const 8)) (then unreachable))
    (local.get $value))
  ;; Notifies, and sees to it that so many are woken in all, and a while later no more.
  (func $step (param $count i32) (param $woken i32) (param $in_all i32) (result i32)
    (if (i32.ne (call $notify (i32.const 12) (local.get $count)) (local.get $woken)) (then (return (i32.const 1))))
    (loop $again
      (call $yield)
      (br_if $again (i32.lt_u (call $read (i32.const 20)) (local.get $in_all))))
    (if (call $sleep (i64.const 10_000_000)) (then unreachable))
    (i32.ne (call $read (i32.const 20)) (local.get $in_all)))
  (func (export "main") (result i32)
    (local $at i32)
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (local.get $at)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 276))))
    (loop $again
      (call $yield)
      (br_if $again (i32.ne (call $read (i32.const 16)) (i32.const 5))))
    (if (call $step (i32.const 0) (i32.const 0) (i32.const 0)) (then (return (i32.const 1))))
    (if (call $step (i32.const 1) (i32.const 1) (i32.const 1)) (then (return (i32.const 2))))
    (if (call $step (i32.const 2) (i32.const 2) (i32.const 3)) (then (return (i32.const 3))))
    (if (call $step (i32.const 100) (i32.const 2) (i32.const 5)) (then (return (i32.const 4))))
    (if (call $step (i32.const 1) (i32.const 0) (i32.const 5)) (then (return (i32.const 5))))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 24)) (then unreachable))
      (if (i32.load (i32.const 24)) (then unreachable))
      (br_if $next (i32.gt_u (local.get $at) (i32.const 256))))
    (i32.const 0)))
