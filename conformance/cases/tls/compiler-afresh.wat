;;! summary = "thread-local variables begin anew on each thread, whatever the threads before it have left"
;;! clauses = ["tls-16"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 32 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__tls_base (export "__tls_base") (mut i32) (i32.const 0))
  (global $__tls_size (export "__tls_size") i32 (i32.const 8))
  (global $__tls_align (export "__tls_align") i32 (i32.const 8))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $__wasm_init_tls (export "__wasm_init_tls") (param i32)
    (global.set $__tls_base (local.get 0))
    (memory.init $.tdata (local.get 0) (i32.const 0) (i32.const 8)))
  (data $.tdata "\11\22\33\44\55\66\77\88")
  ;; 0 if the variable is as the module says; then it changes that.
  (func $start (param i32) (result i32)
    (if (i64.ne (i64.load (global.get $__tls_base)) (i64.const 0x8877665544332211)) (then (return (i32.const 1))))
    (i64.store (global.get $__tls_base) (i64.const -1))
    (i32.const 0))
  (func (export "main") (result i32)
    (local $round i32)
    (loop $next
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
      (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
      (if (i32.load (i32.const 12)) (then (return (i32.const 1))))
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 50))))
    (call $start (i32.const 0))))
