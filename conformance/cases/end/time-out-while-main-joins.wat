;;! summary = "the time limit ends the process while the main thread joins a thread"
;;! clauses = ["end-6", "end-8"]
;;! requires = ["spawn", "kill"]
;;! [limits]
;;! time-limit-ms = 250
;;! [expect]
;;! timed-out = true
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 3 funcref)
  (elem (i32.const 1) $child $rest)
  ;; A third thread, its id at 12, waits for ever. It is being joined once another joiner is refused.
  (func $there (result i32) (i32.eq (call $join (i32.load (i32.const 12)) (i64.const 0) (i32.const 0)) (i32.const 2)))
  (func $stay
    (drop (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 0)))
    unreachable)
  (func $end
    (loop $not_yet (if (i32.eqz (call $there)) (then (call $yield) (br $not_yet))))
    (loop $on (call $yield) (br $on)))
  (func $rest (param i32) (result i32)
    (loop $again (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1))) (br $again))
    unreachable)
  (func $child (param i32) (result i32)
    (call $end)
    unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 12)) (then unreachable))
    (call $stay)
    (i32.const 5)))
