;; A module that was threadified: nothing more is done, and what hosts know of it is told.
(module
  (import "env" "memory" (memory 1 4 shared))
  (@custom "raddle.threads" "\01\01\01\04\02\0d\03env\06memory\02\04\03\02\0c\04\04\05\90\88\04\90\08\05\01\1f"))
