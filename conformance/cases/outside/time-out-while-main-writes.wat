;;! summary = "the time limit ends the process while the main thread waits to write"
;;! clauses = ["outside-1", "end-6", "end-7"]
;;! requires = ["kill", "outside"]
;;! [embedder]
;;! stderr-full = true
;;! [limits]
;;! time-limit-ms = 250
;;! [expect]
;;! timed-out = true
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (data (i32.const 32) "lost") (data (i32.const 40) "ready")
  ;; Standard error takes nothing. The word at 16 says how many threads are about to write to it.
  (func $blocks (param i32) (result i32)
    (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
    (call $write (i32.const 2) (i32.const 32) (i32.const 4)))
  (func (export "main") (result i32)
    (call $blocks (i32.const 0))))
