;; Linked with TLS exports, without thread-local variables.
(module
  (import "env" "memory" (memory 2 4 shared))
  (global (export "__stack_pointer") (mut i32) (i32.const 65536))
  (global (export "__tls_base") (mut i32) (i32.const 0))
  (func (export "__wasm_init_tls") (param i32)))
