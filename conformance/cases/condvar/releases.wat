;;! summary = "while a thread waits its mutex is free, and a thread that waits for that mutex gets it"
;;! clauses = ["condvar-1"]
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
  (elem (i32.const 1) $locks)
  ;; Waits for the mutex at 8; under it sets the word at 16 and notifies the condition variable at 12.
  (func $locks (param i32) (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then (return (i32.const 10))))
    (i32.store (i32.const 16) (i32.const 1))
    (if (i32.ne (call $notify (i32.const 12) (i32.const 1)) (i32.const 1)) (then (return (i32.const 11))))
    (call $unlock (i32.const 8)))
  (func (export "main") (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then (return (i32.const 1))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 20)) (then unreachable))
    ;; Until the other waits for the mutex.
    (loop $again
      (call $yield)
      (br_if $again (i32.ge_s (i32.atomic.load (i32.const 8)) (i32.const 0))))
    (loop $again
      (if (i32.eqz (i32.load (i32.const 16))) (then
        (if (call $wait (i32.const 12) (i32.const 8) (i64.const -1)) (then (return (i32.const 2))))
        (br $again))))
    (if (call $unlock (i32.const 8)) (then (return (i32.const 3))))
    (if (call $join (i32.load (i32.const 20)) (i64.const -1) (i32.const 24)) (then unreachable))
    (i32.load (i32.const 24))))
