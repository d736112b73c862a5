;; options: stack-check
;; 64-bit pointers; the table's indices have 32 bits, so a start function's address is checked before it is cut.
(module
  (memory i64 1 1 shared)
  (table 1 funcref)
  (global $__stack_pointer (mut i64) (i64.const 65536))
  (global $__tls_size (export "__tls_size") i64 (i64.const 8))
  (global $__tls_align (export "__tls_align") i64 (i64.const 8))
  (func (export "__wasm_init_tls") (param i64))
  (func (export "f") (param i64 i32 i64) (result i32)
    (global.set $__stack_pointer (i64.sub (global.get $__stack_pointer) (i64.const 16)))
    (memory.atomic.wait32 offset=0x100000000 (local.get 0) (local.get 1) (local.get 2)))
  (data (i64.const 16) "hello"))
