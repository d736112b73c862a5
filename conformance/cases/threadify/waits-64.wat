;;! summary = "in a 64-bit memory, a wait at an offset is woken by a notify as an instruction and as a call"
;;! clauses = ["threadify-22"]
;;! requires = ["spawn", "memory64"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory i64 1 4 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "notify" (func $notify (param i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Waits twice, and returns the sum of both answers, which are 0.
  (func $child (param $at i64) (result i64)
    (i64.extend_i32_u
      (i32.add
        (memory.atomic.wait32 offset=128 (local.get $at) (i32.const 0) (i64.const -1))
        (memory.atomic.wait64 offset=128 (local.get $at) (i64.const 0) (i64.const -1)))))
  (func (export "main") (result i32)
    (if (call $spawn (i64.const 1) (i64.const 128) (i64.const 0) (i64.const 8)) (then unreachable))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.eqz (memory.atomic.notify offset=192 (i64.const 64) (i32.const 1)))))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.eqz (call $notify (i64.const 256) (i32.const 1)))))
    (if (call $join (i32.load (i64.const 8)) (i64.const -1) (i64.const 16)) (then unreachable))
    (i32.load (i64.const 16))))
