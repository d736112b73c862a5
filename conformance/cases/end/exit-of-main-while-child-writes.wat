;;! summary = "an exit of the main thread ends the process while a child writes again and again"
;;! clauses = ["end-1", "end-13"]
;;! requires = ["spawn"]
;;! [expect]
;;! exit = 7
;;! stdout-contains = "line\n"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (data (i32.const 32) "line\n")
  ;; It counts its lines at 16.
  (func $child (param i32) (result i32)
    (loop $again
      (drop (call $write (i32.const 1) (i32.const 32) (i32.const 5)))
      (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
      (br $again))
    unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (loop $not_yet
      (call $yield)
      (br_if $not_yet (i32.lt_u (i32.atomic.load (i32.const 16)) (i32.const 3))))
    (call $exit (i32.const 7))
    (i32.const 0)))
