;;! summary = "the time limit ends the process while the main thread calls the host again and again"
;;! clauses = ["end-6", "end-13"]
;;! requires = ["spawn", "kill"]
;;! [limits]
;;! time-limit-ms = 250
;;! [expect]
;;! timed-out = true
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; It counts its calls at 16.
  (func $there (result i32) (i32.ge_u (i32.atomic.load (i32.const 16)) (i32.const 3)))
  (func $stay
    (loop $again
      (call $yield)
      (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
      (br $again)))
  (func $end
    (loop $not_yet (if (i32.eqz (call $there)) (then (call $yield) (br $not_yet))))
    (loop $on (call $yield) (br $on)))
  (func $child (param i32) (result i32)
    (call $end)
    unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $stay)
    (i32.const 5)))
