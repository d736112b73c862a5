;;! summary = "two threads take two mutexes in opposite orders, five hundred times"
;;! clauses = ["stress-10", "deadlock-1"]
;;! requires = ["spawn", "deadlock-report"]
;;! profile = "stress"
;;! timeout-ms = 120000
;;! repeat = 500
;;! [expect.deadlock]
;;! threads = [{ id = 1, for = "mutex", address = 20, owner = 2 }, { id = 2, for = "mutex", address = 16, owner = 1 }]
;;! cycles = [[1, 2]]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The mutexes at 16 and 20; the child says at 8 that it has the second.
  (func $child (param i32) (result i32)
    (if (call $lock (i32.const 20) (i64.const -1)) (then unreachable))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const 1)))
    (call $lock (i32.const 16) (i64.const -1)))
  (func (export "main") (result i32)
    (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (call $lock (i32.const 20) (i64.const -1))))
