;;! summary = "of a trap, an abort, an exit and a return at once one wins, whole, five hundred times"
;;! clauses = ["stress-8", "end-14", "end-15"]
;;! requires = ["spawn"]
;;! profile = "stress"
;;! timeout-ms = 120000
;;! repeat = 500
;;! [expect]
;;! one-of = [
;;!   { trap = { kind = "integer-overflow", thread = 2 } },
;;!   { abort = { message = "enough", thread = 3 } },
;;!   { exit = 4 },
;;!   { return = ["i32:5"] },
;;! ]
;;! threads = { spawned = 3 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "process_abort" (func $abort (param i32 i32)))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (table 4 funcref)
  (elem (i32.const 1) $traps $aborts $exits)
  (data (i32.const 32) "enough")
  ;; The word at 8 is the start signal.
  (func $await (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1))))
  (func $traps (param i32) (result i32)
    (call $await)
    (i32.div_s (i32.const 0x80000000) (i32.const -1)))
  (func $aborts (param i32) (result i32)
    (call $await)
    (call $abort (i32.const 32) (i32.const 6))
    unreachable)
  (func $exits (param i32) (result i32)
    (call $await)
    (call $exit (i32.const 4))
    unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (if (call $spawn (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
    (i32.const 5)))
