;;! summary = "40 threads meet at a barrier, which none passes before all have come"
;;! clauses = ["spawn-1", "spawn-4"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:820"]
;;! threads = { spawned = 40 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Those who have come are counted at 8; the last one opens the gate at 12.
  (func $start (param i32) (result i32)
    (if (i32.eq (i32.atomic.rmw.add (i32.const 8) (i32.const 1)) (i32.const 39))
      (then
        (i32.atomic.store (i32.const 12) (i32.const 1))
        (drop (memory.atomic.notify (i32.const 12) (i32.const -1))))
      (else (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))))
    (if (i32.ne (i32.atomic.load (i32.const 8)) (i32.const 40)) (then unreachable))
    (local.get 0))
  ;; The sum of the values, which are the arguments 1 to 40.
  (func (export "main") (result i32)
    (local $number i32) (local $sum i32)
    (loop $next
      (local.set $number (i32.add (local.get $number) (i32.const 1)))
      (if (call $spawn
            (i32.const 1) (local.get $number) (i32.const 0)
            (i32.add (i32.const 256) (i32.shl (local.get $number) (i32.const 2))))
        (then unreachable))
      (br_if $next (i32.lt_u (local.get $number) (i32.const 40))))
    (loop $next
      (if (call $join
            (i32.load (i32.add (i32.const 256) (i32.shl (local.get $number) (i32.const 2)))) (i64.const -1)
            (i32.const 16))
        (then unreachable))
      (local.set $sum (i32.add (local.get $sum) (i32.load (i32.const 16))))
      (br_if $next (local.tee $number (i32.sub (local.get $number) (i32.const 1)))))
    (local.get $sum)))
