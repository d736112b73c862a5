;;! summary = "after a thread_exit of main the time limit ends the process, whose child computes"
;;! clauses = ["end-6", "end-22"]
;;! requires = ["spawn", "kill"]
;;! [limits]
;;! time-limit-ms = 250
;;! [expect]
;;! timed-out = true
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_exit" (func $thread_exit (param i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The child begins when main, which is thread 1, has ended.
  (func $child (param i32) (result i32)
    (if (call $join (i32.const 1) (i64.const -1) (i32.const 0)) (then unreachable))
    (loop $forever (br $forever))
    unreachable)
  (func (export "main")
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (call $thread_exit (i32.const 0))))
