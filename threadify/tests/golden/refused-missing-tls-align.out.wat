;; inspect:
;;   a threaded program that lacks linker symbols
;;     shared memory, 32-bit, 1 pages to 1
;;     found __tls_size by its shape, 4
;;     found __wasm_init_tls by its export
;;     0 waits and notifies
;;     exports __wasm_init_tls: function (i32) -> ()
;;   error: TF0008: the linker left out what every thread needs: `__tls_align` (the alignment of a thread's thread-local variables); link again with -Clink-arg=--export=__tls_align (rustc), -Wl,--export=__tls_align (clang) or --export=__tls_align (wasm-ld)
;; threadify:
;;   error: TF0008: the linker left out what every thread needs: `__tls_align` (the alignment of a thread's thread-local variables); link again with -Clink-arg=--export=__tls_align (rustc), -Wl,--export=__tls_align (clang) or --export=__tls_align (wasm-ld)
