;;! summary = "a module that tells how to fill a block, but not how to align it, lacks a symbol"
;;! clauses = ["threadify-9"]
;;! [expect]
;;! threadify-error = { code = "TF0008" }
(module
  (memory 1 1 shared)
  (global $__tls_base (mut i32) (i32.const 0))
  (global (export "__tls_size") i32 (i32.const 4))
  (func (export "__wasm_init_tls") (param $block i32)
    (global.set $__tls_base (local.get $block))
    (memory.init 0 (local.get $block) (i32.const 0) (i32.const 4)))
  (data "loom")
  (func (export "main") (result i32) (i32.const 0)))
