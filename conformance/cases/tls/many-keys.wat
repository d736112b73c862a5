;;! summary = "of 100 keys no two are the same, and each has its own value"
;;! clauses = ["tls-3"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_get" (func $get (param i32) (result i32)))
  (func (export "main") (result i32)
    (local $at i32)
    ;; The keys at 256; the value of each is where it is.
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $create (i32.const 0) (local.get $at)) (then (return (i32.const 1))))
      (if (call $get (i32.load (local.get $at))) (then (return (i32.const 2))))
      (if (call $set (i32.load (local.get $at)) (local.get $at)) (then (return (i32.const 3))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 656))))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (i32.ne (call $get (i32.load (local.get $at))) (local.get $at)) (then (return (i32.const 4))))
      (br_if $next (i32.gt_u (local.get $at) (i32.const 256))))
    (i32.const 0)))
