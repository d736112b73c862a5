;;! summary = "of a word that is written twice no thread reads an older value after a newer one"
;;! clauses = ["litmus-2"]
;;! requires = ["spawn"]
;;! timeout-ms = 60000
;;! [expect]
;;! histogram = { allowed = ["0,0", "0,1", "0,2", "1,1", "1,2", "2,2"], forbidden = ["1,0", "2,0", "2,1"] }
(module
  (import "env" "memory" (memory 8 8 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $thread0 $thread1)
  ;; 1000 rounds at a time, 10 times. The number at 64 begins, who is done is counted at 128, and who is about to begin at 192.
  ;; x and y of round i are 64 bytes apart from those of the next; result k of round i is at 0x30000 + 1024 k + i.
  (func $x (param $i i32) (result i32) (i32.add (i32.const 0x10000) (i32.mul (local.get $i) (i32.const 64))))
  (func $y (param $i i32) (result i32) (i32.add (i32.const 0x20000) (i32.mul (local.get $i) (i32.const 64))))
  (func $result (param $k i32) (param $i i32) (param $value i32)
    (i32.store8 (i32.add (i32.const 0x30000) (i32.add (i32.mul (local.get $k) (i32.const 1024)) (local.get $i))) (local.get $value)))
  (func $await (param $at i32) (param $value i32) (local $now i32)
    (loop $not_yet
      (local.set $now (i32.atomic.load (local.get $at)))
      (if (i32.lt_u (local.get $now) (local.get $value)) (then
        (drop (memory.atomic.wait32 (local.get $at) (local.get $now) (i64.const -1)))
        (br $not_yet)))))
  ;; Begins together with the others: where there are as many processors, on one of its own.
  (func $begin (param $batch i32) (local $spins i32)
    (call $await (i32.const 64) (local.get $batch))
    (drop (i32.atomic.rmw.add (i32.const 192) (i32.const 1)))
    (loop $not_yet
      (if (i32.gt_u (local.tee $spins (i32.add (local.get $spins) (i32.const 1))) (i32.const 1_000_000)) (then (call $yield)))
      (br_if $not_yet (i32.lt_u (i32.atomic.load (i32.const 192)) (i32.mul (local.get $batch) (i32.const 2))))))
  ;; Tells that thread k has come to a round, and waits for the others for a moment: so that they meet where they run at once.
  (func $meet (param $k i32) (param $round i32) (local $other i32) (local $spins i32)
    (i32.atomic.store (i32.add (i32.const 256) (i32.mul (local.get $k) (i32.const 64))) (local.get $round))
    (loop $more
      (if (i32.and
          (i32.lt_u (i32.atomic.load (i32.add (i32.const 256) (i32.mul (local.get $other) (i32.const 64)))) (local.get $round))
          (i32.lt_u (local.tee $spins (i32.add (local.get $spins) (i32.const 1))) (i32.const 200)))
        (then (br $more)))
      (br_if $more (i32.lt_u (local.tee $other (i32.add (local.get $other) (i32.const 1))) (i32.const 2)))))
  (func $thread0 (param i32) (result i32) (local $batch i32) (local $i i32)
    (loop $more
      (local.set $batch (i32.add (local.get $batch) (i32.const 1)))
      (call $begin (local.get $batch))
      (local.set $i (i32.const 0))
      (loop $round
        (call $meet (i32.const 0) (i32.add (i32.mul (local.get $batch) (i32.const 1000)) (local.get $i)))
        (i32.atomic.store (call $x (local.get $i)) (i32.const 1))
        (i32.atomic.store (call $x (local.get $i)) (i32.const 2))
        (br_if $round (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1000))))
      (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
      (drop (memory.atomic.notify (i32.const 128) (i32.const -1)))
      (br_if $more (i32.lt_u (local.get $batch) (i32.const 10))))
    (i32.const 0))
  (func $thread1 (param i32) (result i32) (local $batch i32) (local $i i32)
    (loop $more
      (local.set $batch (i32.add (local.get $batch) (i32.const 1)))
      (call $begin (local.get $batch))
      (local.set $i (i32.const 0))
      (loop $round
        (call $meet (i32.const 1) (i32.add (i32.mul (local.get $batch) (i32.const 1000)) (local.get $i)))
        (call $result (i32.const 0) (local.get $i) (i32.atomic.load (call $x (local.get $i))))
        (call $result (i32.const 1) (local.get $i) (i32.atomic.load (call $x (local.get $i))))
        (br_if $round (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1000))))
      (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
      (drop (memory.atomic.notify (i32.const 128) (i32.const -1)))
      (br_if $more (i32.lt_u (local.get $batch) (i32.const 10))))
    (i32.const 0))
  (func (export "main") (local $batch i32) (local $i i32) (local $k i32) (local $at i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (loop $more
      (local.set $batch (i32.add (local.get $batch) (i32.const 1)))
      (memory.fill (i32.const 0x10000) (i32.const 0) (i32.const 0x20000))
      (i32.atomic.store (i32.const 64) (local.get $batch))
      (drop (memory.atomic.notify (i32.const 64) (i32.const -1)))
      (call $await (i32.const 128) (i32.mul (local.get $batch) (i32.const 2)))
      (local.set $i (i32.const 0))
      (local.set $at (i32.const 0x40000))
      (loop $round
        (local.set $k (i32.const 0))
        (loop $digit
          (i32.store8 (local.get $at)
            (i32.add (i32.const 48)
              (i32.load8_u (i32.add (i32.const 0x30000) (i32.add (i32.mul (local.get $k) (i32.const 1024)) (local.get $i))))))
          (i32.store8 offset=1 (local.get $at) (i32.const 44))
          (local.set $at (i32.add (local.get $at) (i32.const 2)))
          (br_if $digit (i32.lt_u (local.tee $k (i32.add (local.get $k) (i32.const 1))) (i32.const 2))))
        ;; The last comma is the end of the line.
        (i32.store8 (i32.sub (local.get $at) (i32.const 1)) (i32.const 10))
        (br_if $round (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1000))))
      (if (call $write (i32.const 1) (i32.const 0x40000) (i32.const 4000)) (then unreachable))
      (br_if $more (i32.lt_u (local.get $batch) (i32.const 10))))))
