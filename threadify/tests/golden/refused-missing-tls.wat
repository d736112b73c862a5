;; The code reads __tls_base, and nothing fills a block.
(module
  (memory 1 1 shared)
  (global $__stack_pointer (mut i32) (i32.const 65536))
  (global $__tls_base (mut i32) (i32.const 0))
  (func (result i32) (i32.load (global.get $__tls_base))))
