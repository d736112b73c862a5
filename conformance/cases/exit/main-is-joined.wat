;;! summary = "the main thread can be joined once it has exited, for the value that it gave"
;;! clauses = ["exit-5", "exit-6"]
;;! requires = ["spawn"]
;;! [expect]
;;! exit = 77
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_exit" (func $exit (param i32)))
  (import "raddle_v1" "process_exit" (func $process_exit (param i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32)
    (if (call $join (i32.const 1) (i64.const -1) (i32.const 8)) (then unreachable))
    ;; NO_THREAD: it was joined.
    (if (i32.ne (call $join (i32.const 1) (i64.const -1) (i32.const 0)) (i32.const 3)) (then unreachable))
    (call $process_exit (i32.load (i32.const 8)))
    unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (call $exit (i32.const 77))
    unreachable))
