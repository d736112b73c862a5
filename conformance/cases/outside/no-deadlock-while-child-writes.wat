;;! summary = "a thread that joins one which waits to write is not deadlocked"
;;! clauses = ["outside-2"]
;;! requires = ["spawn", "kill", "outside"]
;;! [embedder]
;;! stderr-full = true
;;! [limits]
;;! time-limit-ms = 250
;;! [expect]
;;! timed-out = true
;;! threads = { spawned = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $blocks)
  (data (i32.const 32) "lost") (data (i32.const 40) "ready")
  ;; Standard error takes nothing. The word at 16 says how many threads are about to write to it.
  (func $blocks (param i32) (result i32)
    (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
    (call $write (i32.const 2) (i32.const 32) (i32.const 4)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
