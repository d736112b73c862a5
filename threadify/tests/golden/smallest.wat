;; A module by hand, without stack and TLS: nothing is asked of it.
(module (memory (import "env" "memory") 1 4 shared))
