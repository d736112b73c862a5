;; inspect:
;;   a threaded program that lacks linker symbols
;;     shared memory, 32-bit, 1 pages to 1
;;     found __stack_pointer by the name section, 65536
;;     0 waits and notifies
;;   error: TF0008: the linker left out what every thread needs: `__wasm_init_tls` (it fills a thread's copy of the thread-local variables), `__tls_align` (the alignment of a thread's thread-local variables); link again with -Clink-arg=--export=__wasm_init_tls -Clink-arg=--export=__tls_align (rustc), -Wl,--export=__wasm_init_tls -Wl,--export=__tls_align (clang) or --export=__wasm_init_tls --export=__tls_align (wasm-ld)
;; threadify:
;;   error: TF0008: the linker left out what every thread needs: `__wasm_init_tls` (it fills a thread's copy of the thread-local variables), `__tls_align` (the alignment of a thread's thread-local variables); link again with -Clink-arg=--export=__wasm_init_tls -Clink-arg=--export=__tls_align (rustc), -Wl,--export=__wasm_init_tls -Wl,--export=__tls_align (clang) or --export=__wasm_init_tls --export=__tls_align (wasm-ld)
