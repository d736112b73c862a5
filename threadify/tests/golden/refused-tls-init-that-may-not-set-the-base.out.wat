;; inspect:
;;   a threaded program that lacks linker symbols
;;     shared memory, 32-bit, 1 pages to 2, imported as env.memory
;;     0 waits and notifies
;;     imports env.memory: memory
;;     exports __wasm_init_tls: function (i32) -> ()
;;   error: TF0022: `__wasm_init_tls` does not begin by setting the thread's TLS base: an optimiser has merged the constructors into it, which would run on every thread, before the thread has its variables; link again with -Clink-arg=--export=__wasm_call_ctors (rustc), -Wl,--export=__wasm_call_ctors (clang) or --export=__wasm_call_ctors (wasm-ld)
;; threadify:
;;   error: TF0022: `__wasm_init_tls` does not begin by setting the thread's TLS base: an optimiser has merged the constructors into it, which would run on every thread, before the thread has its variables; link again with -Clink-arg=--export=__wasm_call_ctors (rustc), -Wl,--export=__wasm_call_ctors (clang) or --export=__wasm_call_ctors (wasm-ld)
