;; An allocator that asks for the memory's size by growing it by nothing.
(module
  (import "env" "memory" (memory 1 4 shared))
  (func (export "end") (result i32) (i32.mul (memory.grow (i32.const 0)) (i32.const 65536))))
