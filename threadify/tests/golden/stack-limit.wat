;; Data below the stack: its end is the stack's lowest address.
(module
  (import "env" "memory" (memory 2 4 shared))
  (global (export "__stack_pointer") (mut i32) (i32.const 66576))
  (global (export "__data_end") i32 (i32.const 1033)))
