;; Table 0 holds no functions: threads cannot be spawned.
(module
  (import "env" "memory" (memory 1 4 shared))
  (table 1 externref))
