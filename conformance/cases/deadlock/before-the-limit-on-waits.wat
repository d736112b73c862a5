;;! summary = "a deadlock is found long before the limit on a wait is over"
;;! clauses = ["deadlock-12"]
;;! requires = ["spawn", "deadlock-report"]
;;! [limits]
;;! max-wait-ms = 3600000
;;! [expect.deadlock]
;;! threads = [{ id = 1, for = "join", thread = 2 }, { id = 2, for = "memory", address = 64 }]
;;! cycles = []
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param i32) (result i32) (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
