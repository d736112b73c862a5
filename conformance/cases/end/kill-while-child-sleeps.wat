;;! summary = "a kill ends the process while a child sleeps"
;;! clauses = ["end-5", "end-11"]
;;! requires = ["spawn", "timed-wait", "kill"]
;;! [embedder]
;;! kill-on-output = "ready"
;;! [expect]
;;! killed = true
;;! threads = { spawned = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (data (i32.const 32) "ready")
  ;; It says so at 16 just before.
  (func $there (result i32) (i32.atomic.load (i32.const 16)))
  (func $stay
    (i32.atomic.store (i32.const 16) (i32.const 1))
    (loop $again (drop (call $sleep (i64.const 0x7fffffffffffffff))) (br $again)))
  (func $end
    (loop $not_yet (if (i32.eqz (call $there)) (then (call $yield) (br $not_yet))))
    (drop (call $write (i32.const 1) (i32.const 32) (i32.const 5)))
    (loop $on (call $yield) (br $on)))
  (func $child (param i32) (result i32)
    (call $stay)
    unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $end)
    (i32.const 5)))
