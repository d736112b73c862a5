;; What raddle is measured with. Times are in nanoseconds, and told by writing.
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $thread_spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $thread_join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "clock_now" (func $now (result i64)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 6 funcref)
  (elem (i32.const 1) $nothing $arrive $block $spin $pong)

  ;; At 8 the id of one thread, at 16 what it returned, at 24 a time.
  ;; At 64 how many have arrived, at 68 the gate that they wait at, at 72 the page's word to go, at 76 ours that it is done, at 80 how many are
  ;; to arrive, at 128 the ball. From 1024 on the ids of many threads, from 8192 on many times.

  (func $tell (param $at i32) (param $length i32)
    (if (call $write (i32.const 1) (local.get $at) (local.get $length)) (then unreachable)))
  (func $tell_time (param $time i64)
    (i64.store (i32.const 24) (local.get $time))
    (call $tell (i32.const 24) (i32.const 8)))
  (func $spawn (param $start i32) (param $argument i32) (param $id i32)
    (if (call $thread_spawn (local.get $start) (local.get $argument) (i32.const 0) (local.get $id)) (then unreachable)))
  (func $join (param $id i32)
    (if (call $thread_join (i32.load (local.get $id)) (i64.const -1) (i32.const 16)) (then unreachable)))
  (func $spawn_all (param $start i32) (param $count i32) (local $i i32)
    (loop $next
      (call $spawn (local.get $start) (i32.const 0) (i32.add (i32.const 1024) (i32.shl (local.get $i) (i32.const 2))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count)))))
  (func $join_all (param $count i32) (local $i i32)
    (loop $next
      (call $join (i32.add (i32.const 1024) (i32.shl (local.get $i) (i32.const 2))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count)))))

  (func $nothing (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))

  ;; One thread after another: the time that each takes, by the mean of `count` of them, `batches` times.
  (func (export "spawn_join") (param $batches i32) (param $count i32) (local $batch i32) (local $i i32) (local $begin i64)
    (loop $next_batch
      (local.set $begin (call $now))
      (local.set $i (i32.const 0))
      (loop $next
        (call $spawn (i32.const 1) (local.get $i) (i32.const 8))
        (call $join (i32.const 8))
        (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count))))
      (i64.store (i32.add (i32.const 8192) (i32.shl (local.get $batch) (i32.const 3)))
        (i64.div_u (i64.sub (call $now) (local.get $begin)) (i64.extend_i32_u (local.get $count))))
      (br_if $next_batch (i32.lt_u (local.tee $batch (i32.add (local.get $batch) (i32.const 1))) (local.get $batches))))
    (call $tell (i32.const 8192) (i32.shl (local.get $batches) (i32.const 3))))

  ;; Waits until all are there.
  (func $arrive (param i32) (result i32)
    (if (i32.eq (i32.add (i32.atomic.rmw.add (i32.const 64) (i32.const 1)) (i32.const 1)) (i32.atomic.load (i32.const 80)))
      (then
        (i32.atomic.store (i32.const 68) (i32.const 1))
        (drop (memory.atomic.notify (i32.const 68) (i32.const -1)))))
    (loop $again
      (drop (memory.atomic.wait32 (i32.const 68) (i32.const 0) (i64.const -1)))
      (br_if $again (i32.eqz (i32.atomic.load (i32.const 68)))))
    (i32.const 0))
  (func $gather (param $count i32)
    (i32.atomic.store (i32.const 80) (local.get $count))
    (i32.atomic.store (i32.const 64) (i32.const 0))
    (i32.atomic.store (i32.const 68) (i32.const 0))
    (call $spawn_all (i32.const 2) (local.get $count))
    (call $join_all (local.get $count)))

  ;; Many threads at once, after fewer that leave their workers behind. The spawner does nothing but spawn and join.
  (func (export "crowd") (param $count i32) (param $warm i32) (local $begin i64)
    (call $gather (local.get $warm))
    (call $tell (i32.const 24) (i32.const 1))
    (loop $again
      (drop (memory.atomic.wait32 (i32.const 72) (i32.const 0) (i64.const -1)))
      (br_if $again (i32.eqz (i32.atomic.load (i32.const 72)))))
    (local.set $begin (call $now))
    (call $gather (local.get $count))
    (local.set $begin (i64.sub (call $now) (local.get $begin)))
    (i32.atomic.store (i32.const 76) (i32.const 1))
    (call $tell_time (local.get $begin)))

  (func $arrived
    (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 64) (i32.const 1))))
  (func $block (param i32) (result i32)
    (call $arrived)
    (loop $again
      (drop (memory.atomic.wait32 (i32.const 68) (i32.const 0) (i64.const -1)))
      (br $again))
    (i32.const 0))
  (func $spin (param i32) (result i32)
    (call $arrived)
    (loop $again (br $again))
    (i32.const 0))

  ;; Threads that block, if `start` is 3, or spin, if it is 4, until the process is killed.
  (func (export "hold") (param $start i32) (param $count i32) (local $there i32)
    (call $spawn_all (local.get $start) (local.get $count))
    (block $all
      (loop $again
        (br_if $all (i32.eq (local.tee $there (i32.atomic.load (i32.const 64))) (local.get $count)))
        (drop (memory.atomic.wait32 (i32.const 64) (local.get $there) (i64.const -1)))
        (br $again)))
    (call $tell (i32.const 24) (i32.const 1))
    (call $join_all (local.get $count)))

  (func $ping (param $count i32)
    (loop $next
      (i32.atomic.store (i32.const 128) (i32.const 1))
      (drop (memory.atomic.notify (i32.const 128) (i32.const 1)))
      (loop $again
        (drop (memory.atomic.wait32 (i32.const 128) (i32.const 1) (i64.const -1)))
        (br_if $again (i32.atomic.load (i32.const 128))))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))
  (func $pong (param $count i32) (result i32)
    (loop $next
      (loop $again
        (drop (memory.atomic.wait32 (i32.const 128) (i32.const 0) (i64.const -1)))
        (br_if $again (i32.eqz (i32.atomic.load (i32.const 128)))))
      (i32.atomic.store (i32.const 128) (i32.const 0))
      (drop (memory.atomic.notify (i32.const 128) (i32.const 1)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (i32.const 0))

  ;; Two threads wake each other in turn: the time that one wake-up takes. The first hundred are not counted.
  (func (export "ping_pong") (param $count i32) (local $begin i64)
    (call $spawn (i32.const 5) (i32.add (local.get $count) (i32.const 100)) (i32.const 8))
    (call $ping (i32.const 100))
    (local.set $begin (call $now))
    (call $ping (local.get $count))
    (local.set $begin (i64.sub (call $now) (local.get $begin)))
    (call $join (i32.const 8))
    (call $tell_time (i64.div_u (local.get $begin) (i64.extend_i32_u (i32.shl (local.get $count) (i32.const 1)))))))
