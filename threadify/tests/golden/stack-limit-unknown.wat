;; options: stack-check
;; What is zero from the start is not written to a memory of the module's own: it may reach up to the stack, or not.
(module
  (memory 2 4 shared)
  (global (export "__stack_pointer") (mut i32) (i32.const 66592))
  (data (i32.const 1024) "below the stack"))
