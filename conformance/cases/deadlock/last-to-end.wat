;;! summary = "the last thread that runs ends, and leaves one behind that waits for ever"
;;! clauses = ["deadlock-4"]
;;! requires = ["spawn", "deadlock-report"]
;;! [expect]
;;! deadlock = { threads = [{ id = 2, for = "memory", address = 64 }], cycles = [] }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "thread_exit" (func $thread_exit (param i32)))
  (table 3 funcref)
  (elem (i32.const 1) $waits $ends)
  ;; A notify finds the one that waits: it waits again at once. Then the other one, which has joined main, ends.
  (func $waits (param i32) (result i32)
    (loop $again (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1))) (br $again))
    unreachable)
  (func $ends (param i32) (result i32)
    (if (call $join (i32.const 1) (i64.const -1) (i32.const 0)) (then unreachable))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.eqz (memory.atomic.notify (i32.const 64) (i32.const 1)))))
    (i32.const 0))
  (func (export "main")
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (call $thread_exit (i32.const 0))))
