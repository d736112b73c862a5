;;! summary = "two threads join each other: the one that closes the cycle is refused and ends, and then the other does, too"
;;! clauses = ["deadlock-11"]
;;! requires = ["spawn"]
;;! repeat = 5
;;! [expect]
;;! return = ["i32:4"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 3 funcref)
  (elem (i32.const 1) $first $second)
  ;; The ids at 8 and 12; the first one joins the second one as soon as there is one. What they are answered is summed up at 16, and 100
  ;; for each answer. One is answered 4, DEADLOCK, and the other 0.
  (func $tell (param $answer i32) (result i32)
    (i32.atomic.rmw.add (i32.const 16) (i32.add (local.get $answer) (i32.const 100))))
  (func $first (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))
    (call $tell (call $join (i32.atomic.load (i32.const 12)) (i64.const -1) (i32.const 0))))
  (func $second (param i32) (result i32)
    (call $tell (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 12)) (then unreachable))
    (drop (memory.atomic.notify (i32.const 12) (i32.const 1)))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.lt_u (i32.atomic.load (i32.const 16)) (i32.const 200))))
    (i32.sub (i32.load (i32.const 16)) (i32.const 200))))
