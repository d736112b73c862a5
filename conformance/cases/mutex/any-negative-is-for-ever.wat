;;! summary = "a lock with any negative time-out waits for a mutex that is freed later"
;;! clauses = ["mutex-7"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $holds)
  ;; Holds the mutex for 20 ms, from when it has set the word at 12.
  (func $holds (param i32) (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (i32.atomic.store (i32.const 12) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 12) (i32.const -1)))
    (if (call $sleep (i64.const 20_000_000)) (then unreachable))
    (i32.store (i32.const 32) (i32.const 1))
    (call $unlock (i32.const 8)))
  (func $fails (param $timeout i64) (result i32)
    (i32.store (i32.const 32) (i32.const 0))
    (i32.atomic.store (i32.const 12) (i32.const 0))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))
    (if (call $lock (i32.const 8) (local.get $timeout)) (then (return (i32.const 1))))
    (if (i32.eqz (i32.load (i32.const 32))) (then (return (i32.const 1))))
    (if (call $unlock (i32.const 8)) (then (return (i32.const 1))))
    (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 0)))
  (func (export "main") (result i32)
    (if (call $fails (i64.const -1)) (then (return (i32.const 1))))
    (if (call $fails (i64.const -2)) (then (return (i32.const 2))))
    (if (call $fails (i64.const -20_000_000)) (then (return (i32.const 3))))
    (if (call $fails (i64.const 0x8000000000000000)) (then (return (i32.const 4))))
    (i32.const 0)))
