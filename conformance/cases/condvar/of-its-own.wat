;;! summary = "a notify reaches those who wait on its condition variable, not those who wait on the one beside it"
;;! clauses = ["condvar-7"]
;;! requires = ["spawn", "timed-wait"]
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
  ;; Waits on the condition variable at 16 with the mutex at 8; the word at 24 says that it is about to.
  (func $waits (param i32) (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (i32.store (i32.const 24) (i32.const 1))
    (if (call $wait (i32.const 16) (i32.const 8) (i64.const -1)) (then unreachable))
    (call $unlock (i32.const 8)))
  (func (export "main") (result i32)
    (local $ready i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 28)) (then unreachable))
    (loop $again
      (call $yield)
      (if (call $lock (i32.const 8) (i64.const -1)) (then (return (i32.const 1))))
      (local.set $ready (i32.load (i32.const 24)))
      (if (call $unlock (i32.const 8)) (then (return (i32.const 2))))
      (br_if $again (i32.eqz (local.get $ready))))
    ;; Its neighbours, and its mutex, are other things.
    (if (call $notify (i32.const 12) (i32.const -1)) (then (return (i32.const 3))))
    (if (call $notify (i32.const 20) (i32.const -1)) (then (return (i32.const 4))))
    (if (call $notify (i32.const 8) (i32.const -1)) (then (return (i32.const 5))))
    ;; TIMED_OUT: the other still waits.
    (if (i32.ne (call $join (i32.load (i32.const 28)) (i64.const 10_000_000) (i32.const 0)) (i32.const 6))
      (then (return (i32.const 6))))
    (if (i32.ne (call $notify (i32.const 16) (i32.const -1)) (i32.const 1)) (then (return (i32.const 7))))
    (call $join (i32.load (i32.const 28)) (i64.const -1) (i32.const 0))))
