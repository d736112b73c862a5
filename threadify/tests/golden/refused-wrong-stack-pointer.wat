(module (memory 1 1 shared) (global (export "__stack_pointer") i32 (i32.const 65536)))
