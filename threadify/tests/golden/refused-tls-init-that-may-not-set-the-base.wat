;; The TLS base would not be set on every thread.
(module
  (import "env" "memory" (memory 1 2 shared))
  (global (export "__tls_base") (mut i32) (i32.const 0))
  (global (export "__tls_size") i32 (i32.const 4))
  (global (export "__tls_align") i32 (i32.const 4))
  (func (export "__wasm_init_tls") (param i32)
    (if (i32.load (local.get 0)) (then (global.set 0 (local.get 0))))))
