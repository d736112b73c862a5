(module
  (import "env" "base" (global $base i32))
  (memory 1 1 shared)
  (global (export "__stack_pointer") (mut i32) (global.get $base)))
