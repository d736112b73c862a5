;;! summary = "every thread waits on one condition variable, each having released the mutex"
;;! clauses = ["deadlock-1", "deadlock-3"]
;;! requires = ["spawn", "deadlock-report"]
;;! [expect.deadlock]
;;! threads = [
;;!   { id = 1, for = "condvar", address = 20 },
;;!   { id = 2, for = "condvar", address = 20 },
;;!   { id = 3, for = "condvar", address = 20 },
;;! ]
;;! cycles = []
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "cond_wait" (func $cond_wait (param i32 i32 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $waits)
  (func $waits (param i32) (result i32)
    (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
    (call $cond_wait (i32.const 20) (i32.const 16) (i64.const -1)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (call $waits (i32.const 0))))
