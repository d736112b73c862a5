;;! summary = "on every thread, the main one too, a block of 20 bytes lies at a multiple of 64"
;;! clauses = ["tls-17"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 32 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__tls_base (export "__tls_base") (mut i32) (i32.const 0))
  (global $__tls_size (export "__tls_size") i32 (i32.const 20))
  (global $__tls_align (export "__tls_align") i32 (i32.const 64))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $__wasm_init_tls (export "__wasm_init_tls") (param i32)
    (global.set $__tls_base (local.get 0))
    (memory.fill (local.get 0) (i32.const 0) (i32.const 20)))
  ;; Lives until the word at 8 is set, so that each has a block of its own; 0 if that is aligned.
  (func $start (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (i32.rem_u (global.get $__tls_base) (i32.const 64)))
  (func (export "main") (result i32)
    (local $at i32)
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (local.get $at)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 280))))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
    (if (call $start (i32.const 0)) (then (return (i32.const 1))))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 12)) (then unreachable))
      (if (i32.load (i32.const 12)) (then (return (i32.const 2))))
      (br_if $next (i32.gt_u (local.get $at) (i32.const 256))))
    (i32.const 0)))
