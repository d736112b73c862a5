;;! summary = "ten threads queue for one mutex, and each that gets it lets the next one have it"
;;! clauses = ["deadlock-9"]
;;! requires = ["spawn"]
;;! timeout-ms = 60000
;;! [expect]
;;! return = ["i32:1000"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The mutex at 16, the count at 20; the ids from 64 on.
  (func $child (param $i i32) (result i32)
    (loop $more
      (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
      (call $yield)
      (i32.store (i32.const 20) (i32.add (i32.load (i32.const 20)) (i32.const 1)))
      (if (call $unlock (i32.const 16)) (then unreachable))
      (br_if $more (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
    (i32.const 0))
  (func (export "main") (result i32) (local $at i32)
    (local.set $at (i32.const 64))
    (loop $more
      (if (call $spawn (i32.const 1) (i32.const 100) (i32.const 0) (local.get $at)) (then unreachable))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 104))))
    (loop $more
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 0)) (then unreachable))
      (br_if $more (i32.gt_u (local.get $at) (i32.const 64))))
    (i32.load (i32.const 20))))
