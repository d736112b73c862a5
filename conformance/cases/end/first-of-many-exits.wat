;;! summary = "of nine threads that exit at once one wins"
;;! clauses = ["end-14", "end-15"]
;;! requires = ["spawn"]
;;! repeat = 5
;;! [expect]
;;! one-of = [
;;!   { exit = 1 }, { exit = 2 }, { exit = 3 }, { exit = 4 }, { exit = 5 }, { exit = 6 }, { exit = 7 }, { exit = 8 }, { exit = 9 },
;;! ]
;;! threads = { spawned = 8 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The word at 8 is the start signal.
  (func $child (param $code i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (call $exit (local.get $code))
    unreachable)
  (func (export "main") (result i32) (local $code i32)
    (loop $more
      (local.set $code (i32.add (local.get $code) (i32.const 1)))
      (if (call $spawn (i32.const 1) (local.get $code) (i32.const 0) (i32.const 0)) (then unreachable))
      (br_if $more (i32.lt_u (local.get $code) (i32.const 8))))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
    (call $exit (i32.const 9))
    unreachable))
