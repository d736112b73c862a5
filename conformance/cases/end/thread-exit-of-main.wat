;;! summary = "after a thread_exit of main the process lives until its child has ended, and has returned nothing"
;;! clauses = ["end-21"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = []
;;! stdout = "done"
;;! threads = { spawned = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_exit" (func $exit (param i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (data (i32.const 32) "done")
  ;; The child writes when main, which is thread 1, has ended.
  (func $child (param i32) (result i32)
    (if (call $join (i32.const 1) (i64.const -1) (i32.const 0)) (then unreachable))
    (if (call $write (i32.const 1) (i32.const 32) (i32.const 4)) (then unreachable))
    (i32.const 7))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (call $exit (i32.const 8))
    (i32.const 9)))
