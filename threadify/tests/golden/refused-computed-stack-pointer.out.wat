;; inspect:
;;   a threaded program that lacks linker symbols
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;     imports env.base: global i32
;;   error: TF0010: `__stack_pointer` is a global whose value is computed, not a global with a constant value; do not define linker symbols yourself, or rename yours
;; threadify:
;;   error: TF0010: `__stack_pointer` is a global whose value is computed, not a global with a constant value; do not define linker symbols yourself, or rename yours
