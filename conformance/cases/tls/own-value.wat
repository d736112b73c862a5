;;! summary = "a key has a value on each thread, which the others do not see"
;;! clauses = ["tls-1", "tls-2"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_get" (func $get (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Sets the value to its argument, and looks again when all four threads have set theirs; the key is at 8.
  (func $start (param $mine i32) (result i32)
    (if (call $get (i32.load (i32.const 8))) (then (return (i32.const 1))))
    (if (call $set (i32.load (i32.const 8)) (local.get $mine)) (then (return (i32.const 2))))
    (if (i32.eq (i32.atomic.rmw.add (i32.const 12) (i32.const 1)) (i32.const 3))
      (then
        (i32.atomic.store (i32.const 16) (i32.const 1))
        (drop (memory.atomic.notify (i32.const 16) (i32.const -1))))
      (else (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1)))))
    (if (i32.ne (call $get (i32.load (i32.const 8))) (local.get $mine)) (then (return (i32.const 3))))
    (i32.const 0))
  (func (export "main") (result i32)
    (local $at i32) (local $failed i32)
    (if (call $create (i32.const 0) (i32.const 8)) (then (return (i32.const 10))))
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $spawn (i32.const 1) (local.get $at) (i32.const 0) (local.get $at)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 268))))
    (if (local.tee $failed (call $start (i32.const -1))) (then (return (local.get $failed))))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 20)) (then unreachable))
      (if (local.tee $failed (i32.load (i32.const 20))) (then (return (local.get $failed))))
      (br_if $next (i32.gt_u (local.get $at) (i32.const 256))))
    (i32.ne (call $get (i32.load (i32.const 8))) (i32.const -1))))
