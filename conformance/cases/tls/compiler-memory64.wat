;;! summary = "with a 64-bit memory, too, each thread has its copy of the thread-local variables"
;;! clauses = ["tls-15", "tls-16"]
;;! requires = ["spawn", "memory64"]
;;! [expect]
;;! return = ["i64:1000"]
(module
  (import "env" "memory" (memory i64 1 32 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (global $__tls_base (export "__tls_base") (mut i64) (i64.const 0))
  (global $__tls_size (export "__tls_size") i64 (i64.const 8))
  (global $__tls_align (export "__tls_align") i64 (i64.const 8))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $__wasm_init_tls (export "__wasm_init_tls") (param i64)
    (global.set $__tls_base (local.get 0))
    (memory.init $.tdata (local.get 0) (i32.const 0) (i32.const 8)))
  (data $.tdata "\e8\03\00\00\00\00\00\00")
  ;; Returns what it found, and changes it.
  (func $start (param i64) (result i64)
    (local $found i64)
    (local.set $found (i64.load (global.get $__tls_base)))
    (i64.store (global.get $__tls_base) (i64.const -1))
    (local.get $found))
  (func (export "main") (result i64)
    (local $round i32)
    (loop $next
      (if (call $spawn (i64.const 1) (i64.const 0) (i64.const 0) (i64.const 8)) (then unreachable))
      (if (call $join (i32.load (i64.const 8)) (i64.const -1) (i64.const 16)) (then unreachable))
      (if (i64.ne (i64.load (i64.const 16)) (i64.const 1000)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 3))))
    (i64.load (global.get $__tls_base))))
