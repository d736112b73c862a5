;;! summary = "the start function has run once for main and once for each child, each time before the thread's own code"
;;! clauses = ["init-4"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:4321"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $mine (mut i32) (i32.const 0))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Each instance keeps which one it is.
  (func $start (global.set $mine (i32.add (i32.atomic.rmw.add (i32.const 16) (i32.const 1)) (i32.const 1))))
  (start $start)
  (func $child (param i32) (result i32) (global.get $mine))
  ;; As decimal digits: main's number, and in front of it those of the children in their order.
  (func (export "main") (result i32) (local $power i32) (local $sum i32)
    (local.set $sum (global.get $mine))
    (local.set $power (i32.const 10))
    (loop $more
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
      (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
      (local.set $sum (i32.add (local.get $sum) (i32.mul (local.get $power) (i32.load (i32.const 12)))))
      (br_if $more (i32.le_u (local.tee $power (i32.mul (local.get $power) (i32.const 10))) (i32.const 1000))))
    (local.get $sum)))
