;; Names its thread so often, by numbers, and counts that at 16.
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_set_name" (func $name (param i32 i32) (result i32)))
  ;; The digits of a number at 64, five of them.
  (func $write (param $number i32) (local $at i32)
    (local.set $at (i32.const 69))
    (loop $next
      (i32.store8 (local.tee $at (i32.sub (local.get $at) (i32.const 1)))
        (i32.add (i32.const 48) (i32.rem_u (local.get $number) (i32.const 10))))
      (local.set $number (i32.div_u (local.get $number) (i32.const 10)))
      (br_if $next (i32.gt_u (local.get $at) (i32.const 64)))))
  (func (export "main") (param $count i32) (result i32) (local $done i32)
    (loop $next
      (call $write (local.get $done))
      (if (call $name (i32.const 64) (i32.const 5)) (then unreachable))
      (i32.atomic.store (i32.const 16) (local.tee $done (i32.add (local.get $done) (i32.const 1))))
      (br_if $next (i32.lt_u (local.get $done) (local.get $count))))
    (local.get $done)))
