;; options: stack-check
;; A wasi-threads module brings its own stacks and TLS: only its waits are turned.
(module
  (import "wasi" "thread-spawn" (func (param i32) (result i32)))
  (import "env" "memory" (memory 2 4 shared))
  (global $__stack_pointer (mut i32) (i32.const 65536))
  (global $__tls_base (mut i32) (i32.const 0))
  (func (export "wasi_thread_start") (param i32 i32)
    (global.set $__stack_pointer (i32.sub (global.get $__stack_pointer) (i32.const 16)))
    (drop (memory.atomic.notify (global.get $__tls_base) (i32.const 1)))))
