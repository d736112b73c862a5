;;! summary = "with 64-bit addresses, long fills and copies write what they say and nothing else"
;;! clauses = ["threadify-36"]
;;! requires = ["memory64"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory i64 8 8 shared))
  ;; What the byte at an address is before anything is copied: no two places within a copy's reach are alike.
  (func $pattern (param $at i64) (result i32)
    (i32.and (i32.wrap_i64 (i64.shr_u
        (i64.mul (i64.add (local.get $at) (i64.const 1)) (i64.const 0x9e3779b97f4a7c15)) (i64.const 40)))
      (i32.const 255)))
  (func $write_pattern (param $at i64) (param $to i64)
    (loop $next
      (i32.store8 (local.get $at) (call $pattern (local.get $at)))
      (br_if $next (i64.lt_u (local.tee $at (i64.add (local.get $at) (i64.const 1))) (local.get $to)))))
  ;; Whether the bytes of a range are those that the pattern has `shift` bytes further on.
  (func $is_pattern (param $at i64) (param $to i64) (param $shift i64) (result i32)
    (block $done
      (loop $next
        (br_if $done (i64.ge_u (local.get $at) (local.get $to)))
        (if (i32.ne (i32.load8_u (local.get $at)) (call $pattern (i64.add (local.get $at) (local.get $shift))))
          (then (return (i32.const 0))))
        (local.set $at (i64.add (local.get $at) (i64.const 1)))
        (br $next)))
    (i32.const 1))
  (func $is_filled (param $at i64) (param $to i64) (param $value i32) (result i32)
    (block $done
      (loop $next
        (br_if $done (i64.ge_u (local.get $at) (local.get $to)))
        (if (i32.ne (i32.load8_u (local.get $at)) (local.get $value)) (then (return (i32.const 0))))
        (local.set $at (i64.add (local.get $at) (i64.const 1)))
        (br $next)))
    (i32.const 1))
  ;; A fill of so many bytes writes them and no others.
  (func $fill (param $len i64) (local $end i64)
    (local.set $end (i64.add (i64.const 1001) (local.get $len)))
    (call $write_pattern (i64.const 0) (i64.const 0x80000))
    (memory.fill (i64.const 1001) (i32.const 0x1a5) (local.get $len))
    (if (i32.eqz (call $is_pattern (i64.const 0) (i64.const 1001) (i64.const 0))) (then unreachable))
    (if (i32.eqz (call $is_filled (i64.const 1001) (local.get $end) (i32.const 0xa5))) (then unreachable))
    (if (i32.eqz (call $is_pattern (local.get $end) (i64.const 0x80000) (i64.const 0))) (then unreachable)))
  ;; So does a copy, which reads all before it writes, as far as can be seen.
  (func $copy (param $to i64) (param $from i64) (param $len i64) (local $end i64)
    (local.set $end (i64.add (local.get $to) (local.get $len)))
    (call $write_pattern (i64.const 0) (i64.const 0x80000))
    (memory.copy (local.get $to) (local.get $from) (local.get $len))
    (if (i32.eqz (call $is_pattern (i64.const 0) (local.get $to) (i64.const 0))) (then unreachable))
    (if (i32.eqz (call $is_pattern (local.get $to) (local.get $end) (i64.sub (local.get $from) (local.get $to))))
      (then unreachable))
    (if (i32.eqz (call $is_pattern (local.get $end) (i64.const 0x80000) (i64.const 0))) (then unreachable)))
  (func (export "main") (result i32)
    (call $fill (i64.const 0))
    (call $fill (i64.const 0xffff))
    (call $fill (i64.const 0x10000))
    (call $fill (i64.const 0x10001))
    (call $fill (i64.const 0x20000))
    (call $fill (i64.const 0x2abcd))
    (call $copy (i64.const 1) (i64.const 0) (i64.const 0xffff))
    (call $copy (i64.const 1) (i64.const 0) (i64.const 0x10000))
    (call $copy (i64.const 1) (i64.const 0) (i64.const 0x10001))
    (call $copy (i64.const 1) (i64.const 0) (i64.const 0x3abcd))
    (call $copy (i64.const 0) (i64.const 1) (i64.const 0x10001))
    (call $copy (i64.const 0) (i64.const 1) (i64.const 0x3abcd))
    (call $copy (i64.const 0x18000) (i64.const 0) (i64.const 0x2abcd))
    (call $copy (i64.const 0) (i64.const 0x18000) (i64.const 0x2abcd))
    (call $copy (i64.const 0x40000) (i64.const 0) (i64.const 0x40000))
    (call $copy (i64.const 0) (i64.const 0x40000) (i64.const 0x40000))
    (call $copy (i64.const 7) (i64.const 7) (i64.const 0x20001))
    (i32.const 0)))
