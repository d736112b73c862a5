;; options: stack-check
;; Every move of the stack pointer is a checked call.
(module
  (import "env" "memory" (memory 1 4 shared))
  (global $other (mut i32) (i32.const 7))
  (global $__stack_pointer (mut i32) (i32.const 65536))
  (func $f (export "f") (param i32)
    (global.set $other (i32.const 1))
    (global.set $__stack_pointer (local.tee 0 (i32.sub (global.get $__stack_pointer) (i32.const 16))))
    (global.set $__stack_pointer (i32.add (local.get 0) (i32.const 16)))))
