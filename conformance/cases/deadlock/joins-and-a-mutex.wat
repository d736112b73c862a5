;;! summary = "a cycle leads through two joins and a mutex, and another thread waits for one in it"
;;! clauses = ["deadlock-2", "deadlock-3"]
;;! requires = ["spawn", "deadlock-report"]
;;! [expect.deadlock]
;;! threads = [
;;!   { id = 1, for = "join", thread = 2 },
;;!   { id = 2, for = "join", thread = 3 },
;;!   { id = 3, for = "mutex", address = 16, owner = 1 },
;;!   { id = 4, for = "mutex", address = 16, owner = 1 },
;;! ]
;;! cycles = [[1, 2, 3]]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $joins $locks)
  ;; The ids from 8 on: the first child waits until the second one's is there, and joins that.
  (func $joins (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))
    (call $join (i32.atomic.load (i32.const 12)) (i64.const -1) (i32.const 0)))
  (func $locks (param i32) (result i32) (call $lock (i32.const 16) (i64.const -1)))
  (func (export "main") (result i32)
    (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 12)) (then unreachable))
    (drop (memory.atomic.notify (i32.const 12) (i32.const 1)))
    (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
