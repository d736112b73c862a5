;;! summary = "the time limit ends the process while the main thread waits for a mutex"
;;! clauses = ["end-6", "end-9"]
;;! requires = ["spawn", "kill"]
;;! [limits]
;;! time-limit-ms = 250
;;! [expect]
;;! timed-out = true
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The mutex at 16 is the ender's. It is waited for once its word says so.
  (func $there (result i32) (i32.lt_s (i32.atomic.load (i32.const 16)) (i32.const 0)))
  (func $stay
    (loop $free (call $yield) (br_if $free (i32.eqz (i32.atomic.load (i32.const 16)))))
    (drop (call $lock (i32.const 16) (i64.const -1)))
    unreachable)
  (func $end
    (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
    (loop $not_yet (if (i32.eqz (call $there)) (then (call $yield) (br $not_yet))))
    (loop $on (call $yield) (br $on)))
  (func $child (param i32) (result i32)
    (call $end)
    unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $stay)
    (i32.const 5)))
