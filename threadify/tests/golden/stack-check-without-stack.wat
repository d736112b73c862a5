;; options: stack-check
;; Nothing to check is said, not refused.
(module (import "env" "memory" (memory 1 4 shared)))
