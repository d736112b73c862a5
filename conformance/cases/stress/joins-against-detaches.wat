;;! summary = "two threads, five thousand times, join and detach one that ends meanwhile: one of them may, and the other is told"
;;! clauses = ["stress-6"]
;;! requires = ["spawn"]
;;! profile = "stress"
;;! timeout-ms = 120000
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_detach" (func $detach (param i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $short $detaches)
  ;; The id at 8; the round at 16; what the detach was answered at 20, and 100, or 0 until then. A detach or a join that comes too late is
  ;; answered INVALID, 2, or NO_THREAD, 3.
  (func $short (param i32) (result i32) (i32.const 7))
  (func $detaches (param $rounds i32) (result i32) (local $round i32)
    (loop $more
      ;; A late notify of the round before may wake it: it looks again.
      (loop $not_yet
        (drop (memory.atomic.wait32 (i32.const 16) (local.get $round) (i64.const -1)))
        (br_if $not_yet (i32.eq (i32.atomic.load (i32.const 16)) (local.get $round))))
      (local.set $round (i32.add (local.get $round) (i32.const 1)))
      (i32.atomic.store (i32.const 20) (i32.add (i32.const 100) (call $detach (i32.load (i32.const 8)))))
      (drop (memory.atomic.notify (i32.const 20) (i32.const 1)))
      (br_if $more (i32.lt_u (local.get $round) (local.get $rounds))))
    (i32.const 0))
  (func (export "main") (result i32) (local $round i32) (local $joined i32) (local $detached i32)
    (if (call $spawn (i32.const 2) (i32.const 5000) (i32.const 0) (i32.const 12)) (then unreachable))
    (loop $more
      (i32.atomic.store (i32.const 20) (i32.const 0))
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
      (local.set $round (i32.add (local.get $round) (i32.const 1)))
      (i32.atomic.store (i32.const 16) (local.get $round))
      (drop (memory.atomic.notify (i32.const 16) (i32.const 1)))
      (local.set $joined (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 24)))
      (loop $not_yet
        (drop (memory.atomic.wait32 (i32.const 20) (i32.const 0) (i64.const -1)))
        (br_if $not_yet (i32.eqz (i32.atomic.load (i32.const 20)))))
      (local.set $detached (i32.sub (i32.atomic.load (i32.const 20)) (i32.const 100)))
      ;; One of them, and not both, was answered 0.
      (if (i32.eq (i32.eqz (local.get $joined)) (i32.eqz (local.get $detached))) (then (return (i32.const 1))))
      (if (i32.and (i32.eqz (local.get $joined)) (i32.ne (i32.load (i32.const 24)) (i32.const 7))) (then (return (i32.const 2))))
      (if (i32.gt_u (i32.add (local.get $joined) (local.get $detached)) (i32.const 3)) (then (return (i32.const 3))))
      (if (i32.eq (i32.add (local.get $joined) (local.get $detached)) (i32.const 1)) (then (return (i32.const 4))))
      (br_if $more (i32.lt_u (local.get $round) (i32.const 5000))))
    (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 0))))
