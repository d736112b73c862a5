(module (import "env" "__stack_pointer" (global (mut i32))) (memory 1 1 shared))
