;;! summary = "each of thirty threads spawns the next one and joins it; the last one ends, and so do all"
;;! clauses = ["deadlock-8", "deadlock-9"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:30"]
;;! threads = { spawned = 30 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $next)
  ;; How many are still to come; returns how many there were. Each keeps the id and the value at eight bytes of its own from 64 on.
  (func $next (param $more i32) (result i32) (local $at i32)
    (if (i32.eqz (local.get $more)) (then (return (i32.const 0))))
    (local.set $at (i32.add (i32.const 64) (i32.mul (local.get $more) (i32.const 8))))
    (if (call $spawn (i32.const 1) (i32.sub (local.get $more) (i32.const 1)) (i32.const 0) (local.get $at)) (then unreachable))
    (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.add (local.get $at) (i32.const 4))) (then unreachable))
    (i32.add (i32.load offset=4 (local.get $at)) (i32.const 1)))
  (func (export "main") (result i32) (call $next (i32.const 30))))
