;;! summary = "an instruction's offset is added to its address, for waits and notifies, large and small"
;;! clauses = ["waits-10", "waits-9"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 2 2 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "notify" (func $notify (param i32 i32) (result i32)))
  (table 5 funcref)
  (elem (i32.const 1) $wait32_far $wait64_far $wait32_near $wait64_near)
  ;; All of them wait at 70000.
  (func $wait32_far (param i32) (result i32)
    (memory.atomic.wait32 offset=69992 (i32.const 8) (i32.const 0) (i64.const -1)))
  (func $wait64_far (param i32) (result i32)
    (memory.atomic.wait64 offset=70000 (i32.const 0) (i64.const 0) (i64.const -1)))
  (func $wait32_near (param i32) (result i32)
    (memory.atomic.wait32 offset=4 (i32.const 69996) (i32.const 0) (i64.const -1)))
  (func $wait64_near (param i32) (result i32)
    (memory.atomic.wait64 offset=64 (i32.const 69936) (i64.const 0) (i64.const -1)))
  ;; One notify with an offset and one without.
  (func $wake (param $function i32) (result i32)
    (if (result i32) (i32.and (local.get $function) (i32.const 1))
      (then (call $notify (i32.const 70000) (i32.const 1)))
      (else (memory.atomic.notify offset=60000 (i32.const 10000) (i32.const 1)))))
  (func (export "main") (result i32)
    (local $function i32)
    (loop $next
      (local.set $function (i32.add (local.get $function) (i32.const 1)))
      (if (call $spawn (local.get $function) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
      (loop $again
        (call $yield)
        (br_if $again (i32.eqz (call $wake (local.get $function)))))
      (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
      (if (i32.load (i32.const 12)) (then (return (local.get $function))))
      (br_if $next (i32.lt_u (local.get $function) (i32.const 4))))
    ;; The value is read there, too: 1, as it is another one.
    (i32.store (i32.const 70000) (i32.const 9))
    (if (i32.ne (memory.atomic.wait32 offset=69992 (i32.const 8) (i32.const 0) (i64.const -1)) (i32.const 1))
      (then (return (i32.const 5))))
    (i32.const 0)))
