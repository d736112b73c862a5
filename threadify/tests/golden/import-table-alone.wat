;; A table of references that cannot be null cannot be made: it stays imported, and the other, too.
(module
  (import "env" "table" (table 2 funcref))
  (import "env" "full" (table 2 (ref func)))
  (memory 1 4 shared))
