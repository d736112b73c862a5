;;! summary = "a process that may have one thread has main, and no other"
;;! clauses = ["limits-1"]
;;! requires = ["spawn"]
;;! [limits]
;;! max-threads = 1
;;! [expect]
;;! return = ["i32:1"]
;;! threads = { spawned = 0 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param i32) (result i32) unreachable)
  ;; AGAIN is 1.
  (func (export "main") (result i32) (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0))))
