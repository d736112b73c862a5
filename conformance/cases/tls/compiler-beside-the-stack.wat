;;! summary = "a thread that fills its whole stack leaves its thread-local variables, and those of others, as they are"
;;! clauses = ["tls-18"]
;;! requires = ["spawn"]
;;! [limits]
;;! stack-size = 8192
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 32 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (global $__tls_base (export "__tls_base") (mut i32) (i32.const 0))
  (global $__tls_size (export "__tls_size") i32 (i32.const 8))
  (global $__tls_align (export "__tls_align") i32 (i32.const 8))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $__wasm_init_tls (export "__wasm_init_tls") (param i32)
    (global.set $__tls_base (local.get 0))
    (memory.init $.tdata (local.get 0) (i32.const 0) (i32.const 8)))
  (data $.tdata "\11\22\33\44\55\66\77\88")
  ;; Fills 8192 bytes of stack, waits until all four threads have, and looks at its variable.
  (func $start (param i32) (result i32)
    (memory.fill (i32.sub (global.get $__stack_pointer) (i32.const 8192)) (i32.const 0xee) (i32.const 8192))
    (if (i32.eq (i32.atomic.rmw.add (i32.const 8) (i32.const 1)) (i32.const 3))
      (then
        (i32.atomic.store (i32.const 12) (i32.const 1))
        (drop (memory.atomic.notify (i32.const 12) (i32.const -1))))
      (else (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))))
    (i64.ne (i64.load (global.get $__tls_base)) (i64.const 0x8877665544332211)))
  (func (export "main") (result i32)
    (local $at i32)
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (local.get $at)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 268))))
    (if (call $start (i32.const 0)) (then (return (i32.const 1))))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 16)) (then unreachable))
      (if (i32.load (i32.const 16)) (then (return (i32.const 2))))
      (br_if $next (i32.gt_u (local.get $at) (i32.const 256))))
    (i32.const 0)))
