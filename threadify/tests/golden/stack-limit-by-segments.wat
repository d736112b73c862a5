;; options: stack-check
;; No symbol tells where the stack ends. The segments do, which the linker's start function would write to an imported memory.
(module
  (import "env" "memory" (memory 2 4 shared))
  (global (export "__stack_pointer") (mut i32) (i32.const 66592))
  (data (i32.const 1024) "below the stack"))
