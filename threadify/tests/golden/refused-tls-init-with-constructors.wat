;; An optimiser has put the constructors, which each export's wrapper calls, into the function that fills a TLS block.
(module
  (import "env" "memory" (memory 2 4 shared))
  (global (export "__tls_size") i32 (i32.const 4))
  (global (export "__tls_align") i32 (i32.const 4))
  (global (mut i32) (i32.const 0))
  (func (export "__wasm_init_tls") (param i32)
    (i32.store (i32.const 1024) (i32.const 1))
    (global.set 2 (local.get 0))
    (memory.init 0 (local.get 0) (i32.const 0) (i32.const 4)))
  (data "\07\00\00\00"))
