;;! summary = "two threads take two mutexes in opposite orders, but one gives up after a while"
;;! clauses = ["deadlock-5"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The mutexes at 16 and 20; the child says at 12 that it has the second. TIMED_OUT is 6.
  (func $child (param i32) (result i32)
    (if (call $lock (i32.const 20) (i64.const -1)) (then unreachable))
    (i32.atomic.store (i32.const 12) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 12) (i32.const 1)))
    (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
    (if (call $unlock (i32.const 16)) (then unreachable))
    (call $unlock (i32.const 20)))
  (func (export "main") (result i32)
    (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))
    (if (i32.ne (call $lock (i32.const 20) (i64.const 30_000_000)) (i32.const 6)) (then unreachable))
    (if (call $unlock (i32.const 16)) (then unreachable))
    (if (call $lock (i32.const 20) (i64.const -1)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
