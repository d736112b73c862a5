;;! summary = "a module that reads __tls_base, and has nothing that fills a block, lacks symbols"
;;! clauses = ["threadify-9"]
;;! [expect]
;;! threadify-error = { code = "TF0008" }
(module
  (memory 1 1 shared)
  (global $__stack_pointer (mut i32) (i32.const 65536))
  (global $__tls_base (mut i32) (i32.const 0))
  (func (export "main") (result i32) (i32.load (global.get $__tls_base))))
