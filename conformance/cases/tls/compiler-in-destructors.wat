;;! summary = "a destructor finds the thread-local variables as its thread has left them"
;;! clauses = ["tls-8", "tls-15"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:77"]
(module
  (import "env" "memory" (memory 1 32 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (global $__tls_base (export "__tls_base") (mut i32) (i32.const 0))
  (global $__tls_size (export "__tls_size") i32 (i32.const 4))
  (global $__tls_align (export "__tls_align") i32 (i32.const 4))
  (table 3 funcref)
  (elem (i32.const 1) $start $destroy)
  (func $__wasm_init_tls (export "__wasm_init_tls") (param i32)
    (global.set $__tls_base (local.get 0))
    (memory.init $.tdata (local.get 0) (i32.const 0) (i32.const 4)))
  (data $.tdata "\05\00\00\00")
  ;; The key is at 8.
  (func $start (param i32) (result i32)
    (i32.store (global.get $__tls_base) (local.get 0))
    (call $set (i32.load (i32.const 8)) (i32.const 1)))
  (func $destroy (param i32) (i32.store (i32.const 12) (i32.load (global.get $__tls_base))))
  (func (export "main") (result i32)
    (if (call $create (i32.const 2) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 77) (i32.const 0) (i32.const 16)) (then unreachable))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 0)) (then unreachable))
    (if (i32.ne (i32.load (global.get $__tls_base)) (i32.const 5)) (then unreachable))
    (i32.load (i32.const 12))))
