;;! summary = "a thread that waits for ever after a wait that timed out is deadlocked then"
;;! clauses = ["deadlock-1"]
;;! requires = ["spawn", "timed-wait", "deadlock-report"]
;;! [expect.deadlock]
;;! threads = [{ id = 1, for = "join", thread = 2 }, { id = 2, for = "memory", address = 68 }]
;;! cycles = []
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param i32) (result i32)
    (if (i32.ne (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const 5_000_000)) (i32.const 2)) (then unreachable))
    (memory.atomic.wait32 (i32.const 68) (i32.const 0) (i64.const -1)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
