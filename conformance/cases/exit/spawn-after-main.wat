;;! summary = "after the main thread has exited others may spawn, and the process lives until those have ended"
;;! clauses = ["exit-4"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = []
;;! stdout = "last"
;;! threads = { spawned = 2 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "thread_exit" (func $exit (param i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $first $last)
  (data (i32.const 64) "last")
  ;; Spawns when the main thread is gone, and ends.
  (func $first (param i32) (result i32)
    (if (call $join (i32.const 1) (i64.const -1) (i32.const 0)) (then unreachable))
    (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (i32.const 0))
  (func $last (param i32) (result i32)
    (if (call $sleep (i64.const 20_000_000)) (then unreachable))
    (call $write (i32.const 1) (i32.const 64) (i32.const 4)))
  (func (export "main")
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (call $exit (i32.const 0))
    unreachable))
