;;! summary = "each thread has its copy of the module's thread-local variables, which begins as the module says"
;;! clauses = ["tls-15", "tls-16"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 32 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__tls_base (export "__tls_base") (mut i32) (i32.const 0))
  (global $__tls_size (export "__tls_size") i32 (i32.const 8))
  (global $__tls_align (export "__tls_align") i32 (i32.const 4))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; What a linker writes: the block is the thread's, and filled.
  (func $__wasm_init_tls (export "__wasm_init_tls") (param i32)
    (global.set $__tls_base (local.get 0))
    (memory.init $.tdata (local.get 0) (i32.const 0) (i32.const 8)))
  ;; Two variables that begin as 1000 and 0.
  (data $.tdata "\e8\03\00\00" "\00\00\00\00")
  ;; Adds its argument to both, and looks again when all four threads have done so.
  (func $start (param $mine i32) (result i32)
    (if (i32.ne (i32.load (global.get $__tls_base)) (i32.const 1000)) (then (return (i32.const 1))))
    (if (i32.load offset=4 (global.get $__tls_base)) (then (return (i32.const 2))))
    (i32.store (global.get $__tls_base) (i32.add (local.get $mine) (i32.load (global.get $__tls_base))))
    (i32.store offset=4 (global.get $__tls_base) (local.get $mine))
    (if (i32.eq (i32.atomic.rmw.add (i32.const 8) (i32.const 1)) (i32.const 3))
      (then
        (i32.atomic.store (i32.const 12) (i32.const 1))
        (drop (memory.atomic.notify (i32.const 12) (i32.const -1))))
      (else (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))))
    (if (i32.ne (i32.load (global.get $__tls_base)) (i32.add (i32.const 1000) (local.get $mine))) (then (return (i32.const 3))))
    (i32.ne (i32.load offset=4 (global.get $__tls_base)) (local.get $mine)))
  (func (export "main") (result i32)
    (local $at i32) (local $failed i32)
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $spawn (i32.const 1) (local.get $at) (i32.const 0) (local.get $at)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 268))))
    (if (local.tee $failed (call $start (i32.const 1))) (then (return (local.get $failed))))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 16)) (then unreachable))
      (if (i32.load (i32.const 16)) (then (return (i32.add (i32.load (i32.const 16)) (i32.const 10)))))
      (br_if $next (i32.gt_u (local.get $at) (i32.const 256))))
    (i32.const 0)))
