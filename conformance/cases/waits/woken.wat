;;! summary = "a waiter that is notified returns 0, with any negative time-out and with very long ones"
;;! clauses = ["waits-3", "waits-4"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "wait32" (func $wait32 (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "wait64" (func $wait64 (param i32 i64 i64) (result i32)))
  (import "raddle_v1" "notify" (func $notify (param i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $waits32 $waits64)
  ;; Return the wait's answer; the time-out is at the argument.
  (func $waits32 (param i32) (result i32) (call $wait32 (i32.const 8) (i32.const 0) (i64.load (local.get 0))))
  (func $waits64 (param i32) (result i32) (call $wait64 (i32.const 8) (i64.const 0) (i64.load (local.get 0))))
  (func $one (param $function i32) (param $timeout i64) (result i32)
    (local $woken i32)
    (i64.store (i32.const 16) (local.get $timeout))
    (if (call $spawn (local.get $function) (i32.const 16) (i32.const 0) (i32.const 24)) (then unreachable))
    (if (call $sleep (i64.const 5_000_000)) (then unreachable))
    ;; Until it waits; the word stays as it is.
    (loop $again
      (call $yield)
      (br_if $again (i32.eqz (local.tee $woken (call $notify (i32.const 8) (i32.const 1))))))
    (if (i32.ne (local.get $woken) (i32.const 1)) (then (return (i32.const 1))))
    (if (call $join (i32.load (i32.const 24)) (i64.const -1) (i32.const 28)) (then unreachable))
    (i32.load (i32.const 28)))
  (func $fails (param $timeout i64) (result i32)
    (if (call $one (i32.const 1) (local.get $timeout)) (then (return (i32.const 1))))
    (call $one (i32.const 2) (local.get $timeout)))
  (func (export "main") (result i32)
    (if (call $fails (i64.const -1)) (then (return (i32.const 1))))
    (if (call $fails (i64.const -2)) (then (return (i32.const 2))))
    (if (call $fails (i64.const 0x8000000000000000)) (then (return (i32.const 3))))
    (if (call $fails (i64.const 600_000_000_000)) (then (return (i32.const 4))))
    (if (call $fails (i64.const 0x7fffffffffffffff)) (then (return (i32.const 5))))
    (i32.const 0)))
