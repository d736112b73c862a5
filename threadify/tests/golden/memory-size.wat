;; Its allocator looks at the memory's size: the host must not grow the memory by itself.
(module
  (import "env" "memory" (memory 2 4 shared))
  (func (export "f") (result i32) (memory.size)))
