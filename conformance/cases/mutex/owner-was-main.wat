;;! summary = "the main thread, too, can end while it owns a mutex that another waits for"
;;! clauses = ["mutex-11", "exit-3"]
;;! requires = ["spawn"]
;;! [expect]
;;! exit = 10
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "thread_exit" (func $exit (param i32)))
  (import "raddle_v1" "process_exit" (func $process_exit (param i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; The process's code is what the lock answers: OWNER_DIED.
  (func $start (param i32) (result i32)
    (call $process_exit (call $lock (i32.const 8) (i64.const -1)))
    unreachable)
  (func (export "main") (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    ;; Until it waits.
    (loop $again
      (call $yield)
      (br_if $again (i32.ge_s (i32.atomic.load (i32.const 8)) (i32.const 0))))
    (call $exit (i32.const 0))
    unreachable))
