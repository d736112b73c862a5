;; A table with 64-bit indices beside a memory with 32-bit addresses.
(module
  (import "env" "memory" (memory 1 4 shared))
  (table i64 1 funcref))
