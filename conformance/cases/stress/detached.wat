;;! summary = "ten thousand detached threads, as many at once as are allowed, each run once"
;;! clauses = ["stress-1"]
;;! requires = ["spawn"]
;;! profile = "stress"
;;! timeout-ms = 120000
;;! [limits]
;;! max-threads = 64
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 10000 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Attributes at 32: 8 bytes, detached. Each sets a bit of its own, from 1024 on, which nobody has set, and is counted at 16. AGAIN is 1.
  (data (i32.const 32) "\08\00\00\00\01\00\00\00")
  (func $child (param $n i32) (result i32) (local $bit i32)
    (local.set $bit (i32.shl (i32.const 1) (i32.and (local.get $n) (i32.const 31))))
    (if (i32.and (local.get $bit)
        (i32.atomic.rmw.or (i32.add (i32.const 1024) (i32.mul (i32.shr_u (local.get $n) (i32.const 5)) (i32.const 4))) (local.get $bit)))
      (then unreachable))
    (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
  (func (export "main") (result i32) (local $n i32) (local $status i32)
    (loop $more
      (local.set $status (call $spawn (i32.const 1) (local.get $n) (i32.const 32) (i32.const 0)))
      (if (i32.gt_u (local.get $status) (i32.const 1)) (then unreachable))
      (if (local.get $status)
        (then (call $yield))
        (else (local.set $n (i32.add (local.get $n) (i32.const 1)))))
      (br_if $more (i32.lt_u (local.get $n) (i32.const 10000))))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.lt_u (i32.atomic.load (i32.const 16)) (i32.const 10000))))
    (i32.const 0)))
