;;! summary = "four threads put 20000 numbers into a queue of eight places, and four take them out: nothing is lost, and no thread is stuck"
;;! clauses = ["stress-5", "stress-3"]
;;! requires = ["spawn"]
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
  (import "raddle_v1" "cond_wait" (func $cond_wait (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "cond_notify" (func $cond_notify (param i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $puts $takes)
  ;; The mutex at 16, conditions for who puts at 20 and for who takes at 24, how many are in the queue at 28, and the sum of all at 32.
  (func $puts (param $i i32) (result i32)
    (loop $more
      (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
      (block $room
        (loop $full
          (br_if $room (i32.lt_u (i32.load (i32.const 28)) (i32.const 8)))
          (if (call $cond_wait (i32.const 20) (i32.const 16) (i64.const -1)) (then unreachable))
          (br $full)))
      (i32.store (i32.add (i32.const 64) (i32.mul (i32.load (i32.const 28)) (i32.const 4))) (local.get $i))
      (i32.store (i32.const 28) (i32.add (i32.load (i32.const 28)) (i32.const 1)))
      (drop (call $cond_notify (i32.const 24) (i32.const 1)))
      (if (call $unlock (i32.const 16)) (then unreachable))
      (br_if $more (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
    (i32.const 0))
  (func $takes (param $i i32) (result i32)
    (loop $more
      (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
      (block $some
        (loop $empty
          (br_if $some (i32.load (i32.const 28)))
          (if (call $cond_wait (i32.const 24) (i32.const 16) (i64.const -1)) (then unreachable))
          (br $empty)))
      (i32.store (i32.const 28) (i32.sub (i32.load (i32.const 28)) (i32.const 1)))
      (i32.store (i32.const 32)
        (i32.add (i32.load (i32.const 32)) (i32.load (i32.add (i32.const 64) (i32.mul (i32.load (i32.const 28)) (i32.const 4))))))
      (drop (call $cond_notify (i32.const 20) (i32.const 1)))
      (if (call $unlock (i32.const 16)) (then unreachable))
      (br_if $more (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
    (i32.const 0))
  ;; The ids from 1024 on.
  (func (export "main") (result i32) (local $n i32)
    (loop $more
      (if (call $spawn (i32.add (i32.const 1) (i32.and (local.get $n) (i32.const 1))) (i32.const 5000) (i32.const 0)
          (i32.add (i32.const 1024) (i32.mul (local.get $n) (i32.const 4))))
        (then unreachable))
      (br_if $more (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 8))))
    (loop $more
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (if (call $join (i32.load (i32.add (i32.const 1024) (i32.mul (local.get $n) (i32.const 4)))) (i64.const -1) (i32.const 0))
        (then unreachable))
      (br_if $more (local.get $n)))
    ;; Four times the sum of 1 to 5000.
    (i32.or (i32.load (i32.const 28)) (i32.ne (i32.load (i32.const 32)) (i32.const 50010000)))))
