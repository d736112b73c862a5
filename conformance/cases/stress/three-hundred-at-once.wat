;;! summary = "five times, three hundred threads are there at once, meet, and are joined in the opposite order"
;;! clauses = ["stress-2"]
;;! requires = ["spawn"]
;;! profile = "stress"
;;! timeout-ms = 120000
;;! [limits]
;;! max-threads = 301
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 1500 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Who is there is counted at 16; all wait until the word at 20 is the round. The ids from 1024 on.
  (func $child (param $n i32) (result i32) (local $round i32)
    (local.set $round (i32.atomic.load (i32.const 20)))
    (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 16) (i32.const 1)))
    (drop (memory.atomic.wait32 (i32.const 20) (local.get $round) (i64.const -1)))
    (local.get $n))
  (func $round (local $n i32) (local $now i32)
    (i32.atomic.store (i32.const 16) (i32.const 0))
    (loop $more
      (if (call $spawn (i32.const 1) (local.get $n) (i32.const 0) (i32.add (i32.const 1024) (i32.mul (local.get $n) (i32.const 4))))
        (then unreachable))
      (br_if $more (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 300))))
    (loop $again
      (local.set $now (i32.atomic.load (i32.const 16)))
      (if (i32.lt_u (local.get $now) (i32.const 300)) (then
        (drop (memory.atomic.wait32 (i32.const 16) (local.get $now) (i64.const -1)))
        (br $again))))
    (drop (i32.atomic.rmw.add (i32.const 20) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 20) (i32.const -1)))
    (loop $more
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (if (call $join (i32.load (i32.add (i32.const 1024) (i32.mul (local.get $n) (i32.const 4)))) (i64.const -1) (i32.const 12))
        (then unreachable))
      (if (i32.ne (i32.load (i32.const 12)) (local.get $n)) (then unreachable))
      (br_if $more (local.get $n))))
  (func (export "main") (result i32) (local $i i32)
    (loop $more
      (call $round)
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 5))))
    (i32.const 0)))
