;;! summary = "the time limit ends the process while a child waits on memory"
;;! clauses = ["end-6", "end-7"]
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
  ;; Nobody ever changes the word at 16: who wakes up waits again. It is there once a notify has found it.
  (func $there (result i32) (memory.atomic.notify (i32.const 16) (i32.const 1)))
  (func $stay (loop $again (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1))) (br $again)))
  (func $end
    (loop $not_yet (if (i32.eqz (call $there)) (then (call $yield) (br $not_yet))))
    (loop $on (call $yield) (br $on)))
  (func $child (param i32) (result i32)
    (call $stay)
    unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $end)
    (i32.const 5)))
