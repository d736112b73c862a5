;;! summary = "eight threads try for one mutex with time-outs of nought to some microseconds: whoever gets it counts, and no one else"
;;! clauses = ["stress-3"]
;;! requires = ["spawn", "timed-wait"]
;;! profile = "stress"
;;! timeout-ms = 120000
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The mutex at 16, the count under it at 20, the count of those who got it at 24. BUSY is 5, TIMED_OUT is 6.
  (func $child (param $i i32) (result i32) (local $status i32) (local $timeout i32)
    (loop $more
      (local.set $timeout (i32.mul (i32.and (local.get $i) (i32.const 7)) (i32.const 700)))
      (local.set $status (call $lock (i32.const 16) (i64.extend_i32_u (local.get $timeout))))
      (if (i32.eqz (local.get $status))
        (then
          (i32.store (i32.const 20) (i32.add (i32.load (i32.const 20)) (i32.const 1)))
          (drop (i32.atomic.rmw.add (i32.const 24) (i32.const 1)))
          (if (call $unlock (i32.const 16)) (then unreachable)))
        (else
          (if (i32.ne (local.get $status) (select (i32.const 6) (i32.const 5) (local.get $timeout))) (then unreachable))))
      (br_if $more (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
    (i32.const 0))
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
  (func (export "main") (result i32)
    (call $crowd (i32.const 8) (i32.const 10000))
    (call $join_all (i32.const 8))
    ;; The mutex is free, and nobody waits for it.
    (i32.or (i32.load (i32.const 16)) (i32.ne (i32.load (i32.const 20)) (i32.load (i32.const 24))))))
