;;! summary = "a mutex that the guest makes of waits and notifies excludes, and lets no thread wait for ever"
;;! clauses = ["waits-12", "waits-3"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:4000"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 2 funcref)
  (elem (i32.const 1) $adds)
  ;; The word at 8: 0 free, 1 held, 2 held and perhaps waited for.
  (func $lock
    (if (i32.atomic.rmw.cmpxchg (i32.const 8) (i32.const 0) (i32.const 1)) (then
      (loop $again
        (if (i32.atomic.rmw.xchg (i32.const 8) (i32.const 2)) (then
          (drop (memory.atomic.wait32 (i32.const 8) (i32.const 2) (i64.const -1)))
          (br $again)))))))
  (func $unlock
    (if (i32.eq (i32.atomic.rmw.xchg (i32.const 8) (i32.const 0)) (i32.const 2)) (then
      (drop (memory.atomic.notify (i32.const 8) (i32.const 1))))))
  (func $adds (param i32) (result i32)
    (local $round i32) (local $sum i32)
    (loop $next
      (call $lock)
      (local.set $sum (i32.load (i32.const 12)))
      (if (i32.eqz (i32.rem_u (local.get $round) (i32.const 10))) (then (call $yield)))
      (i32.store (i32.const 12) (i32.add (local.get $sum) (i32.const 1)))
      (call $unlock)
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 1000))))
    (i32.const 0))
  (func (export "main") (result i32)
    (local $at i32)
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (local.get $at)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 272))))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 0)) (then unreachable))
      (br_if $next (i32.gt_u (local.get $at) (i32.const 256))))
    (i32.load (i32.const 12))))
