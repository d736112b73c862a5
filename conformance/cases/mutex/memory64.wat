;;! summary = "with a 64-bit memory mutexes exclude, wherever in it they are"
;;! clauses = ["mutex-1", "mutex-2"]
;;! requires = ["spawn", "memory64"]
;;! [expect]
;;! return = ["i32:1000"]
(module
  (import "env" "memory" (memory i64 2 2 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "mutex_lock" (func $lock (param i64 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $adds)
  ;; Adds 500 times one to the word at 8, under the mutex at the end of the second page.
  (func $adds (param i64) (result i64)
    (local $round i32) (local $sum i32)
    (loop $next
      (if (call $lock (i64.const 131068) (i64.const -1)) (then unreachable))
      (local.set $sum (i32.load (i64.const 8)))
      (if (i32.eqz (i32.rem_u (local.get $round) (i32.const 10))) (then (call $yield)))
      (i32.store (i64.const 8) (i32.add (local.get $sum) (i32.const 1)))
      (if (call $unlock (i64.const 131068)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 500))))
    (i64.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i64.const 1) (i64.const 0) (i64.const 0) (i64.const 16)) (then unreachable))
    (drop (call $adds (i64.const 0)))
    (if (call $join (i32.load (i64.const 16)) (i64.const -1) (i64.const 0)) (then unreachable))
    (if (i32.load (i64.const 131068)) (then unreachable))
    (i32.load (i64.const 8))))
