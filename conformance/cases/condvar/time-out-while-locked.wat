;;! summary = "after its time-out a waiter still waits for the mutex, until its owner unlocks it"
;;! clauses = ["condvar-3", "condvar-2"]
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
  (table 2 funcref)
  (elem (i32.const 1) $waits)
  ;; Sets the word at 16 and waits for 10 ms. By then the main thread has the mutex, or not yet.
  (func $waits (param i32) (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then (return (i32.const 10))))
    (i32.store (i32.const 16) (i32.const 1))
    (if (i32.ne (call $wait (i32.const 12) (i32.const 8) (i64.const 10_000_000)) (i32.const 6)) (then (return (i32.const 11))))
    ;; Nobody else is at work under the mutex.
    (if (i32.load (i32.const 20)) (then (return (i32.const 12))))
    (call $unlock (i32.const 8)))
  (func (export "main") (result i32)
    (local $ready i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 24)) (then unreachable))
    (loop $again
      (call $yield)
      (if (call $lock (i32.const 8) (i64.const -1)) (then (return (i32.const 1))))
      (local.set $ready (i32.load (i32.const 16)))
      (if (i32.eqz (local.get $ready)) (then
        (if (call $unlock (i32.const 8)) (then (return (i32.const 2))))
        (br $again))))
    ;; At work for 40 ms.
    (i32.store (i32.const 20) (i32.const 1))
    (if (call $sleep (i64.const 40_000_000)) (then unreachable))
    (i32.store (i32.const 20) (i32.const 0))
    (if (call $unlock (i32.const 8)) (then (return (i32.const 3))))
    (if (call $join (i32.load (i32.const 24)) (i64.const -1) (i32.const 28)) (then unreachable))
    (i32.load (i32.const 28))))
