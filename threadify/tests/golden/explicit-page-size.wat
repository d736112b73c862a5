;; Pages of 64 KiB that are declared as custom ones.
(module (memory (import "env" "memory") 1 2 shared (pagesize 65536)))
