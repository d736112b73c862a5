;; inspect:
;;   a threaded program that lacks linker symbols
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;   error: TF0009: global 0 is used like a stack pointer, but it has no name and is not where wasm-ld puts that, so nothing says whether it is one; link again with -Clink-arg=--export=__stack_pointer (rustc), -Wl,--export=__stack_pointer (clang) or --export=__stack_pointer (wasm-ld), or, if it is something else, give it a name
;; threadify:
;;   error: TF0009: global 0 is used like a stack pointer, but it has no name and is not where wasm-ld puts that, so nothing says whether it is one; link again with -Clink-arg=--export=__stack_pointer (rustc), -Wl,--export=__stack_pointer (clang) or --export=__stack_pointer (wasm-ld), or, if it is something else, give it a name
