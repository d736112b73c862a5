;;! summary = "a notify of another address, be it the word beside it, does not wake a waiter"
;;! clauses = ["waits-6", "waits-2"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:2"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "wait64" (func $wait64 (param i32 i64 i64) (result i32)))
  (import "raddle_v1" "notify" (func $notify (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $waits)
  ;; Waits for 50 ms, and returns 2 as nobody notifies it.
  (func $waits (param i32) (result i32) (call $wait64 (i32.const 64) (i64.const 0) (i64.const 50_000_000)))
  (func (export "main") (result i32)
    (local $status i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (loop $again
      ;; 60 and 68 are its neighbours, 68 in its own 64 bits; 1088 and 16448 differ from it in one bit.
      (if (call $notify (i32.const 60) (i32.const -1)) (then (return (i32.const 60))))
      (if (call $notify (i32.const 68) (i32.const -1)) (then (return (i32.const 68))))
      (if (call $notify (i32.const 1088) (i32.const -1)) (then (return (i32.const 1088))))
      (if (call $notify (i32.const 16448) (i32.const -1)) (then (return (i32.const 16448))))
      (call $yield)
      (local.set $status (call $join (i32.load (i32.const 8)) (i64.const 0) (i32.const 12)))
      (br_if $again (i32.eq (local.get $status) (i32.const 6))))
    (if (local.get $status) (then unreachable))
    (i32.load (i32.const 12))))
