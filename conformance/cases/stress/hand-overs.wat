;;! summary = "ten threads hand on a turn fifty thousand times, each waiting for ever until it is its own: never a deadlock"
;;! clauses = ["stress-10", "stress-4", "deadlock-9"]
;;! requires = ["spawn"]
;;! profile = "stress"
;;! timeout-ms = 120000
;;! [expect]
;;! return = ["i32:50000"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $turns)
  ;; Thread n has the word at 256 + 64 n: 1 when it is its turn. The turns are counted, without atomics, at 16.
  (func $word (param $n i32) (result i32) (i32.add (i32.const 256) (i32.mul (i32.rem_u (local.get $n) (i32.const 10)) (i32.const 64))))
  (func $turns (param $n i32) (result i32) (local $i i32)
    (loop $more
      (loop $not_yet
        (drop (memory.atomic.wait32 (call $word (local.get $n)) (i32.const 0) (i64.const -1)))
        (br_if $not_yet (i32.eqz (i32.atomic.load (call $word (local.get $n))))))
      (i32.atomic.store (call $word (local.get $n)) (i32.const 0))
      (i32.store (i32.const 16) (i32.add (i32.load (i32.const 16)) (i32.const 1)))
      (i32.atomic.store (call $word (i32.add (local.get $n) (i32.const 1))) (i32.const 1))
      (drop (memory.atomic.notify (call $word (i32.add (local.get $n) (i32.const 1))) (i32.const 1)))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 5000))))
    (i32.const 0))
  ;; The ids from 64 on.
  (func (export "main") (result i32) (local $n i32)
    (i32.atomic.store (call $word (i32.const 0)) (i32.const 1))
    (loop $more
      (if (call $spawn (i32.const 1) (local.get $n) (i32.const 0) (i32.add (i32.const 64) (i32.mul (local.get $n) (i32.const 4))))
        (then unreachable))
      (br_if $more (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 10))))
    (loop $more
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (if (call $join (i32.load (i32.add (i32.const 64) (i32.mul (local.get $n) (i32.const 4)))) (i64.const -1) (i32.const 0))
        (then unreachable))
      (br_if $more (local.get $n)))
    (i32.load (i32.const 16))))
