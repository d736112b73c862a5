;; inspect:
;;   a threaded program that lacks linker symbols
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;     imports wasi.thread-spawn: function (i32) -> (i32)
;;   error: TF0008: the linker left out what every thread needs: `wasi_thread_start` (a new thread starts there); link again with -Clink-arg=--export=wasi_thread_start (rustc), -Wl,--export=wasi_thread_start (clang) or --export=wasi_thread_start (wasm-ld)
;; threadify:
;;   error: TF0008: the linker left out what every thread needs: `wasi_thread_start` (a new thread starts there); link again with -Clink-arg=--export=wasi_thread_start (rustc), -Wl,--export=wasi_thread_start (clang) or --export=wasi_thread_start (wasm-ld)
