;;! summary = "what three threads write at the same time stays together, though each call has more bytes than any buffer"
;;! clauses = ["output-4", "output-5"]
;;! requires = ["spawn"]
;;! [expect]
;;! histogram = { allowed = ["aaaaaa", "bbbbbb", "cccccc"] }
(module
  (import "env" "memory" (memory 9 9 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Writes 140,000 bytes in each of three calls. They are lines of 7 bytes: a call that is cut at a power of two is cut in a line.
  (func $start (param $number i32) (result i32)
    (local $begin i32) (local $at i32) (local $round i32)
    (local.set $begin (i32.mul (local.get $number) (i32.const 140000)))
    (memory.fill (local.get $begin) (i32.add (i32.const 96) (local.get $number)) (i32.const 140000))
    (local.set $at (local.get $begin))
    (loop $next
      (i32.store8 offset=6 (local.get $at) (i32.const 10))
      (br_if $next (i32.lt_u
        (local.tee $at (i32.add (local.get $at) (i32.const 7))) (i32.add (local.get $begin) (i32.const 140000)))))
    ;; All begin together.
    (if (i32.eq (i32.atomic.rmw.add (i32.const 8) (i32.const 1)) (i32.const 2))
      (then
        (i32.atomic.store (i32.const 12) (i32.const 1))
        (drop (memory.atomic.notify (i32.const 12) (i32.const -1))))
      (else (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))))
    (loop $next
      (if (call $write (i32.const 1) (local.get $begin) (i32.const 140000)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 3))))
    (i32.const 0))
  (func (export "main")
    (local $number i32)
    (loop $next
      (local.set $number (i32.add (local.get $number) (i32.const 1)))
      (if (call $spawn
            (i32.const 1) (local.get $number) (i32.const 0)
            (i32.add (i32.const 256) (i32.shl (local.get $number) (i32.const 2))))
        (then unreachable))
      (br_if $next (i32.lt_u (local.get $number) (i32.const 3))))
    (loop $next
      (if (call $join
            (i32.load (i32.add (i32.const 256) (i32.shl (local.get $number) (i32.const 2)))) (i64.const -1) (i32.const 0))
        (then unreachable))
      (br_if $next (local.tee $number (i32.sub (local.get $number) (i32.const 1)))))))
