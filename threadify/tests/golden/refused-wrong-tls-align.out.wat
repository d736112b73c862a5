;; inspect:
;;   a threaded program that lacks linker symbols
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;     exports __wasm_init_tls: function (i32) -> ()
;;   error: TF0010: `__tls_align` is 3, not a power of two; do not define linker symbols yourself, or rename yours
;; threadify:
;;   error: TF0010: `__tls_align` is 3, not a power of two; do not define linker symbols yourself, or rename yours
