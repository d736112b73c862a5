;;! summary = "long fills and copies write what they say and nothing else, in both directions where they overlap"
;;! clauses = ["threadify-36"]
;;! requires = []
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 8 8 shared))
  ;; What the byte at an address is before anything is copied: no two places within a copy's reach are alike.
  (func $pattern (param $at i32) (result i32)
    (i32.and (i32.wrap_i64 (i64.shr_u
        (i64.mul (i64.add (i64.extend_i32_u (local.get $at)) (i64.const 1)) (i64.const 0x9e3779b97f4a7c15)) (i64.const 40)))
      (i32.const 255)))
  (func $write_pattern (param $at i32) (param $to i32)
    (loop $next
      (i32.store8 (local.get $at) (call $pattern (local.get $at)))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $to)))))
  ;; Whether the bytes of a range are those that the pattern has `shift` bytes further on.
  (func $is_pattern (param $at i32) (param $to i32) (param $shift i32) (result i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $to)))
        (if (i32.ne (i32.load8_u (local.get $at)) (call $pattern (i32.add (local.get $at) (local.get $shift))))
          (then (return (i32.const 0))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (i32.const 1))
  (func $is_filled (param $at i32) (param $to i32) (param $value i32) (result i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $to)))
        (if (i32.ne (i32.load8_u (local.get $at)) (local.get $value)) (then (return (i32.const 0))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (i32.const 1))
  ;; A fill of so many bytes writes them and no others.
  (func $fill (param $len i32) (local $end i32)
    (local.set $end (i32.add (i32.const 1001) (local.get $len)))
    (call $write_pattern (i32.const 0) (i32.const 0x80000))
    (memory.fill (i32.const 1001) (i32.const 0x1a5) (local.get $len))
    (if (i32.eqz (call $is_pattern (i32.const 0) (i32.const 1001) (i32.const 0))) (then unreachable))
    (if (i32.eqz (call $is_filled (i32.const 1001) (local.get $end) (i32.const 0xa5))) (then unreachable))
    (if (i32.eqz (call $is_pattern (local.get $end) (i32.const 0x80000) (i32.const 0))) (then unreachable)))
  ;; So does a copy, which reads all before it writes, as far as can be seen.
  (func $copy (param $to i32) (param $from i32) (param $len i32) (local $end i32)
    (local.set $end (i32.add (local.get $to) (local.get $len)))
    (call $write_pattern (i32.const 0) (i32.const 0x80000))
    (memory.copy (local.get $to) (local.get $from) (local.get $len))
    (if (i32.eqz (call $is_pattern (i32.const 0) (local.get $to) (i32.const 0))) (then unreachable))
    (if (i32.eqz (call $is_pattern (local.get $to) (local.get $end) (i32.sub (local.get $from) (local.get $to))))
      (then unreachable))
    (if (i32.eqz (call $is_pattern (local.get $end) (i32.const 0x80000) (i32.const 0))) (then unreachable)))
  (func (export "main") (result i32)
    (call $fill (i32.const 0))
    (call $fill (i32.const 0xffff))
    (call $fill (i32.const 0x10000))
    (call $fill (i32.const 0x10001))
    (call $fill (i32.const 0x20000))
    (call $fill (i32.const 0x2abcd))
    (call $copy (i32.const 1) (i32.const 0) (i32.const 0xffff))
    (call $copy (i32.const 1) (i32.const 0) (i32.const 0x10000))
    (call $copy (i32.const 1) (i32.const 0) (i32.const 0x10001))
    (call $copy (i32.const 1) (i32.const 0) (i32.const 0x3abcd))
    (call $copy (i32.const 0) (i32.const 1) (i32.const 0x10001))
    (call $copy (i32.const 0) (i32.const 1) (i32.const 0x3abcd))
    (call $copy (i32.const 0x18000) (i32.const 0) (i32.const 0x2abcd))
    (call $copy (i32.const 0) (i32.const 0x18000) (i32.const 0x2abcd))
    (call $copy (i32.const 0x40000) (i32.const 0) (i32.const 0x40000))
    (call $copy (i32.const 0) (i32.const 0x40000) (i32.const 0x40000))
    (call $copy (i32.const 7) (i32.const 7) (i32.const 0x20001))
    (i32.const 0)))
