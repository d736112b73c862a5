;;! summary = "when the main thread exits, the process lives until the others have ended, detached ones too"
;;! clauses = ["exit-3", "exit-5"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = []
;;! stdout = "both"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "thread_exit" (func $exit (param i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $joins $last)
  (data (i32.const 64) "both")
  ;; Is there when the main thread has left, and for a while after; then wakes the other.
  (func $joins (param i32) (result i32)
    (if (call $join (i32.const 1) (i64.const -1) (i32.const 0)) (then unreachable))
    (if (call $sleep (i64.const 20_000_000)) (then unreachable))
    (if (call $write (i32.const 1) (i32.const 64) (i32.const 2)) (then unreachable))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
    (i32.const 0))
  ;; Nobody joins it, and it is the last.
  (func $last (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (if (call $sleep (i64.const 20_000_000)) (then unreachable))
    (if (call $write (i32.const 1) (i32.const 66) (i32.const 2)) (then unreachable))
    (i32.const 0))
  (func (export "main") (result i32)
    ;; The attributes at 32: 8 bytes, detached.
    (i32.store (i32.const 32) (i32.const 8))
    (i32.store (i32.const 36) (i32.const 1))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 32) (i32.const 0)) (then unreachable))
    (call $exit (i32.const 0))
    unreachable))
