;;! summary = "what stands behind an abort of a child is not reached"
;;! clauses = ["end-3", "end-16"]
;;! requires = ["spawn"]
;;! [expect]
;;! abort = { message = "before", thread = 2 }
;;! stdout = "before"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "process_abort" (func $abort (param i32 i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (data (i32.const 32) "before")
  (data (i32.const 48) "after")
  (func $child (param i32) (result i32)
    (drop (call $write (i32.const 1) (i32.const 32) (i32.const 6)))
    (call $abort (i32.const 32) (i32.const 6))
    (drop (call $write (i32.const 1) (i32.const 48) (i32.const 5)))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (drop (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)))
    (drop (call $write (i32.const 1) (i32.const 48) (i32.const 5)))
    (i32.const 1)))
