;;! summary = "a thread joins another that waits for its mutex"
;;! clauses = ["deadlock-1", "deadlock-2", "deadlock-3"]
;;! requires = ["spawn", "deadlock-report"]
;;! [expect.deadlock]
;;! threads = [{ id = 1, for = "join", thread = 2 }, { id = 2, for = "mutex", address = 16, owner = 1 }]
;;! cycles = [[1, 2]]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param i32) (result i32) (call $lock (i32.const 16) (i64.const -1)))
  (func (export "main") (result i32)
    (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
