;; The linker says where the stack ends.
(module
  (import "env" "memory" (memory 2 4 shared))
  (global (export "__stack_pointer") (mut i32) (i32.const 66576))
  (global (export "__stack_low") i32 (i32.const 1040)))
