;;! summary = "a hundred processes are exited while children spawn further threads as fast as they can"
;;! clauses = ["stress-8", "end-1", "end-15"]
;;! requires = ["spawn"]
;;! profile = "stress"
;;! timeout-ms = 120000
;;! repeat = 100
;;! [limits]
;;! max-threads = 40
;;! [expect]
;;! exit = 7
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (table 3 funcref)
  (elem (i32.const 1) $child $short)
  ;; Attributes at 32: 8 bytes, detached. Threads that ran are counted at 16. At the limit a spawn is refused, and tried again.
  (data (i32.const 32) "\08\00\00\00\01\00\00\00")
  (func $short (param i32) (result i32) (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
  (func $child (param i32) (result i32)
    (loop $again
      (drop (call $spawn (i32.const 2) (i32.const 0) (i32.const 32) (i32.const 0)))
      (br $again))
    unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 0)) (then unreachable))
    ;; The first one may have filled the limit already.
    (loop $again (br_if $again (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 0))))
    (loop $not_yet
      (call $yield)
      (br_if $not_yet (i32.lt_u (i32.atomic.load (i32.const 16)) (i32.const 20))))
    (call $exit (i32.const 7))
    (i32.const 0)))
