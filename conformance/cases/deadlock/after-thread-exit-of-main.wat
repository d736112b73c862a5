;;! summary = "after a thread_exit of main the threads that are left can be deadlocked"
;;! clauses = ["deadlock-4"]
;;! requires = ["spawn", "deadlock-report"]
;;! [expect]
;;! deadlock = { threads = [{ id = 2, for = "memory", address = 64 }], cycles = [] }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_exit" (func $thread_exit (param i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param i32) (result i32)
    (if (call $join (i32.const 1) (i64.const -1) (i32.const 0)) (then unreachable))
    (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
  (func (export "main")
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (call $thread_exit (i32.const 0))))
