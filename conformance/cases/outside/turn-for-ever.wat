;;! summary = "a thread waits longer for its turn to write than a wait may"
;;! clauses = ["outside-4", "limits-10"]
;;! requires = ["spawn", "timed-wait", "outside"]
;;! [embedder]
;;! stderr-full = true
;;! [limits]
;;! max-wait-ms = 30
;;! [expect]
;;! trap = { kind = "wait-limit", function = "blocks" }
;;! threads = { spawned = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
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
    (i32.add (call $blocks (i32.const 0)) (i32.const 1))))
