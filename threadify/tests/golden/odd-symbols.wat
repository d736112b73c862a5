;; Names of the linker that nothing depends on may be anything.
(module
  (import "env" "memory" (memory 2 4 shared))
  (global (export "__stack_pointer") (mut i32) (i32.const 66576))
  (func (export "__data_end"))
  (func (export "__heap_base")))
