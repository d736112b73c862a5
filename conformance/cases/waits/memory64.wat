;;! summary = "with a 64-bit memory waits and notifies meet, as imports and as instructions with offsets"
;;! clauses = ["waits-3", "waits-9", "waits-10"]
;;! requires = ["spawn", "memory64"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory i64 2 2 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "wait32" (func $wait32 (param i64 i32 i64) (result i32)))
  (import "raddle_v1" "wait64" (func $wait64 (param i64 i64 i64) (result i32)))
  (import "raddle_v1" "notify" (func $notify (param i64 i32) (result i32)))
  (table 5 funcref)
  (elem (i32.const 1) $import32 $import64 $instruction32 $instruction64)
  ;; All of them wait at 70000.
  (func $import32 (param i64) (result i64)
    (i64.extend_i32_u (call $wait32 (i64.const 70000) (i32.const 0) (i64.const -1))))
  (func $import64 (param i64) (result i64)
    (i64.extend_i32_u (call $wait64 (i64.const 70000) (i64.const 0) (i64.const -1))))
  (func $instruction32 (param i64) (result i64)
    (i64.extend_i32_u (memory.atomic.wait32 offset=60000 (i64.const 10000) (i32.const 0) (i64.const -1))))
  (func $instruction64 (param i64) (result i64)
    (i64.extend_i32_u (memory.atomic.wait64 (i64.const 70000) (i64.const 0) (i64.const -1))))
  (func $wake (param $by_import i32) (result i32)
    (if (result i32) (local.get $by_import)
      (then (call $notify (i64.const 70000) (i32.const 1)))
      (else (memory.atomic.notify offset=69992 (i64.const 8) (i32.const 1)))))
  (func (export "main") (result i32)
    (local $number i32)
    ;; Each is woken by either.
    (loop $next
      (if (call $spawn
            (i64.extend_i32_u (i32.add (i32.const 1) (i32.shr_u (local.get $number) (i32.const 1))))
            (i64.const 0) (i64.const 0) (i64.const 8))
        (then unreachable))
      (loop $again
        (call $yield)
        (br_if $again (i32.eqz (call $wake (i32.and (local.get $number) (i32.const 1))))))
      (if (call $join (i32.load (i64.const 8)) (i64.const -1) (i64.const 16)) (then unreachable))
      (if (i64.ne (i64.load (i64.const 16)) (i64.const 0)) (then (return (i32.const 1))))
      (br_if $next (i32.lt_u (local.tee $number (i32.add (local.get $number) (i32.const 1))) (i32.const 8))))
    ;; 1 for another value.
    (i32.ne (call $wait64 (i64.const 70000) (i64.const 0x100000000) (i64.const -1)) (i32.const 1))))
