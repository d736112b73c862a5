;;! summary = "thirty-two threads wait again and again, some with time-outs, while main notifies ever so many: both count the same"
;;! clauses = ["stress-4"]
;;! requires = ["spawn", "timed-wait"]
;;! profile = "stress"
;;! timeout-ms = 120000
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The threads wait at 16, until 20 is set; who was woken is counted at 24, who has ended at 28. Time-outs are nought to some ten
  ;; microseconds, and none in every fourth wait.
  (func $child (param $i i32) (result i32) (local $timeout i64)
    (loop $more
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (local.set $timeout (i64.extend_i32_u (i32.mul (i32.and (local.get $i) (i32.const 63)) (i32.const 600))))
      (if (i32.eqz (i32.and (local.get $i) (i32.const 3))) (then (local.set $timeout (i64.const -1))))
      (if (i32.eqz (memory.atomic.wait32 (i32.const 16) (i32.const 0) (local.get $timeout)))
        (then (drop (i32.atomic.rmw.add (i32.const 24) (i32.const 1)))))
      (br_if $more (i32.eqz (i32.atomic.load (i32.const 20)))))
    (i32.atomic.rmw.add (i32.const 28) (i32.const 1)))
  ;; The ids from 1024 on.
  (func $crowd (param $count i32) (param $arg i32) (local $n i32)
    (loop $more
      (if (call $spawn (i32.const 1) (local.get $arg) (i32.const 0) (i32.add (i32.const 1024) (i32.mul (local.get $n) (i32.const 4))))
        (then unreachable))
      (br_if $more (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (local.get $count)))))
  (func $join_all (param $count i32)
    (loop $more
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (if (call $join (i32.load (i32.add (i32.const 1024) (i32.mul (local.get $count) (i32.const 4)))) (i64.const -1) (i32.const 0))
        (then unreachable))
      (br_if $more (local.get $count))))
  (func (export "main") (result i32) (local $i i32) (local $woken i32)
    (call $crowd (i32.const 32) (i32.const 0))
    (loop $more
      (local.set $woken (i32.add (local.get $woken) (memory.atomic.notify (i32.const 16) (i32.rem_u (local.get $i) (i32.const 7)))))
      (if (i32.eqz (i32.and (local.get $i) (i32.const 15))) (then (call $yield)))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 100000))))
    (i32.atomic.store (i32.const 20) (i32.const 1))
    (loop $more
      (local.set $woken (i32.add (local.get $woken) (memory.atomic.notify (i32.const 16) (i32.const -1))))
      (call $yield)
      (br_if $more (i32.lt_u (i32.atomic.load (i32.const 28)) (i32.const 32))))
    (call $join_all (i32.const 32))
    (i32.ne (local.get $woken) (i32.load (i32.const 24)))))
