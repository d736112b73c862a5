;;! summary = "locks that the guest takes and gives back by itself exclude those that the host does"
;;! clauses = ["mutex-1", "mutex-3"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:4000"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "thread_id" (func $id (result i32)))
  (import "raddle_v1" "mutex_lock" (func $host_lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $host_unlock (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $adds)
  ;; By a compare-exchange from 0 to the id, and where that fails by the host.
  (func $lock (param $id i32)
    (if (i32.atomic.rmw.cmpxchg (i32.const 8) (i32.const 0) (local.get $id)) (then
      (if (call $host_lock (i32.const 8) (i64.const -1)) (then unreachable)))))
  ;; By one from the id to 0, and where that fails by the host.
  (func $unlock (param $id i32)
    (if (i32.ne (i32.atomic.rmw.cmpxchg (i32.const 8) (local.get $id) (i32.const 0)) (local.get $id)) (then
      (if (call $host_unlock (i32.const 8)) (then unreachable)))))
  ;; Adds 1000 times one to the word at 12; every second time by the host's calls alone if the argument says so.
  (func $adds (param $by_host i32) (result i32)
    (local $round i32) (local $sum i32)
    (loop $next
      (if (i32.and (local.get $by_host) (local.get $round))
        (then (if (call $host_lock (i32.const 8) (i64.const -1)) (then unreachable)))
        (else (call $lock (call $id))))
      (local.set $sum (i32.load (i32.const 12)))
      (if (i32.eqz (i32.rem_u (local.get $round) (i32.const 10))) (then (call $yield)))
      (i32.store (i32.const 12) (i32.add (local.get $sum) (i32.const 1)))
      (if (i32.and (local.get $by_host) (local.get $round))
        (then (if (call $host_unlock (i32.const 8)) (then unreachable)))
        (else (call $unlock (call $id))))
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 1000))))
    (i32.const 0))
  (func (export "main") (result i32)
    (local $at i32)
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $spawn
            (i32.const 1) (i32.and (i32.shr_u (local.get $at) (i32.const 2)) (i32.const 1)) (i32.const 0) (local.get $at))
        (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 272))))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 0)) (then unreachable))
      (br_if $next (i32.gt_u (local.get $at) (i32.const 256))))
    (if (i32.load (i32.const 8)) (then (return (i32.const -1))))
    (i32.load (i32.const 12))))
