;; inspect:
;;   a threaded program that lacks linker symbols
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;   error: TF0009: globals 0 and 1 are both used like a stack pointer; link again with -Clink-arg=--export=__stack_pointer (rustc), -Wl,--export=__stack_pointer (clang) or --export=__stack_pointer (wasm-ld)
;; threadify:
;;   error: TF0009: globals 0 and 1 are both used like a stack pointer; link again with -Clink-arg=--export=__stack_pointer (rustc), -Wl,--export=__stack_pointer (clang) or --export=__stack_pointer (wasm-ld)
