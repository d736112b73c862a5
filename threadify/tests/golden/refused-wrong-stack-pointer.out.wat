;; inspect:
;;   a threaded program that lacks linker symbols
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;   error: TF0010: `__stack_pointer` is an exported immutable global of type i32, not a mutable global of type i32; do not define linker symbols yourself, or rename yours
;; threadify:
;;   error: TF0010: `__stack_pointer` is an exported immutable global of type i32, not a mutable global of type i32; do not define linker symbols yourself, or rename yours
