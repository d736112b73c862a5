;;! summary = "a wait at a bad address on another thread is that thread's trap"
;;! clauses = ["waits-11"]
;;! requires = ["spawn"]
;;! [expect]
;;! trap = { kind = "unaligned-atomic", thread = 2 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32) (memory.atomic.wait32 (local.get 0) (i32.const 0) (i64.const -1)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 66) (i32.const 0) (i32.const 8)) (then (return (i32.const 1))))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
