;;! summary = "of eight threads that wait each gets the mutex in its turn"
;;! clauses = ["mutex-10", "mutex-1"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:8"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $other)
  (func $other (param i32) (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (i32.store (i32.const 12) (i32.add (i32.load (i32.const 12)) (i32.const 1)))
    (call $unlock (i32.const 8)))
  (func (export "main") (result i32)
    (local $at i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (local.get $at)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 288))))
    ;; Meanwhile most of them come to wait.
    (if (call $sleep (i64.const 30_000_000)) (then unreachable))
    (if (i32.load (i32.const 12)) (then (return (i32.const -1))))
    (if (call $unlock (i32.const 8)) (then unreachable))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 16)) (then unreachable))
      (if (i32.load (i32.const 16)) (then unreachable))
      (br_if $next (i32.gt_u (local.get $at) (i32.const 256))))
    (if (i32.load (i32.const 8)) (then (return (i32.const -2))))
    (i32.load (i32.const 12))))
