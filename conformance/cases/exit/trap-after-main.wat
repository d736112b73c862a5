;;! summary = "a trap after the main thread has exited ends the process, as it does before that"
;;! clauses = ["exit-6"]
;;! requires = ["spawn"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 2 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_exit" (func $exit (param i32)))
  (table 3 funcref)
  (elem (i32.const 1) $traps $waits)
  (func $traps (param i32) (result i32)
    (if (call $join (i32.const 1) (i64.const -1) (i32.const 0)) (then (return (i32.const 1))))
    unreachable)
  ;; For ever.
  (func $waits (param i32) (result i32) (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
  (func (export "main")
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then (return)))
    (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 0)) (then (return)))
    (call $exit (i32.const 0))))
