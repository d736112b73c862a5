;;! summary = "a notify with any negative count wakes all waiters"
;;! clauses = ["condvar-4"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "cond_wait" (func $wait (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "cond_notify" (func $notify (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $waits)
  ;; Under the mutex at 8: how many wait is counted at 16.
  (func $waits (param i32) (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (i32.store (i32.const 16) (i32.add (i32.load (i32.const 16)) (i32.const 1)))
    (if (call $wait (i32.const 12) (i32.const 8) (i64.const -1)) (then unreachable))
    (call $unlock (i32.const 8)))
  ;; Wakes four at once, while it holds the mutex.
  (func $fails (param $count i32) (result i32)
    (local $at i32) (local $woken i32) (local $ready i32)
    (i32.store (i32.const 16) (i32.const 0))
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (local.get $at)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 272))))
    (loop $again
      (call $yield)
      (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
      (if (local.tee $ready (i32.eq (i32.load (i32.const 16)) (i32.const 4)))
        (then (local.set $woken (call $notify (i32.const 12) (local.get $count)))))
      (if (call $unlock (i32.const 8)) (then unreachable))
      (br_if $again (i32.eqz (local.get $ready))))
    (if (i32.ne (local.get $woken) (i32.const 4)) (then (return (i32.const 1))))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 0)) (then unreachable))
      (br_if $next (i32.gt_u (local.get $at) (i32.const 256))))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $fails (i32.const -1)) (then (return (i32.const 1))))
    (if (call $fails (i32.const -2)) (then (return (i32.const 2))))
    (if (call $fails (i32.const 0x80000000)) (then (return (i32.const 3))))
    (if (call $fails (i32.const 0x7fffffff)) (then (return (i32.const 4))))
    (i32.const 0)))
