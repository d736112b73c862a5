;;! summary = "each of four kinds of wait is woken by each of two kinds of notify, at one address written in different ways"
;;! clauses = ["threadify-22"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 8 }
(module
  (import "env" "memory" (memory 1 4 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "wait32" (func $wait32 (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "wait64" (func $wait64 (param i32 i64 i64) (result i32)))
  (import "raddle_v1" "notify" (func $notify (param i32 i32) (result i32)))
  (table 5 funcref)
  (elem (i32.const 1) $instruction32 $instruction64 $call32 $call64)
  (func $instruction32 (param $at i32) (result i32)
    (memory.atomic.wait32 offset=240 (i32.sub (local.get $at) (i32.const 240)) (i32.const 0) (i64.const -1)))
  (func $instruction64 (param $at i32) (result i32)
    (memory.atomic.wait64 offset=256 (i32.sub (local.get $at) (i32.const 256)) (i64.const 0) (i64.const -1)))
  (func $call32 (param $at i32) (result i32) (call $wait32 (local.get $at) (i32.const 0) (i64.const -1)))
  (func $call64 (param $at i32) (result i32) (call $wait64 (local.get $at) (i64.const 0) (i64.const -1)))
  ;; Runs each of them and wakes it in one way.
  (func $all (param $by_call i32) (local $function i32) (local $woken i32)
    (loop $more
      (local.set $function (i32.add (local.get $function) (i32.const 1)))
      (if (call $spawn (local.get $function) (i32.const 256) (i32.const 0) (i32.const 8)) (then unreachable))
      (loop $not_yet
        (call $yield)
        (if (local.get $by_call)
          (then (local.set $woken (call $notify (i32.const 256) (i32.const 1))))
          (else (local.set $woken (memory.atomic.notify offset=192 (i32.const 64) (i32.const 1)))))
        (br_if $not_yet (i32.eqz (local.get $woken))))
      ;; 0 is woken.
      (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
      (if (i32.load (i32.const 12)) (then unreachable))
      (br_if $more (i32.lt_u (local.get $function) (i32.const 4)))))
  (func (export "main") (result i32)
    (call $all (i32.const 0))
    (call $all (i32.const 1))
    (i32.const 0)))
