;; Without --max-memory the linker writes the initial size as the maximum: it is raised to what there can be.
(module
  (import "a" "f" (func))
  (import "env" "memory" (memory 17 17 shared))
  (import "b" "g" (func)))
