;; inspect:
;;   a program with wasm-bindgen's own threads
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;     exports __wbindgen_thread_destroy: function () -> ()
;;   error: TF0012: wasm-bindgen has transformed the module for its own threads (it exports `__wbindgen_thread_destroy`); threadify the module that cargo wrote (target/wasm32-unknown-unknown/...), from before wasm-bindgen or wasm-pack ran
;; threadify:
;;   error: TF0012: wasm-bindgen has transformed the module for its own threads (it exports `__wbindgen_thread_destroy`); threadify the module that cargo wrote (target/wasm32-unknown-unknown/...), from before wasm-bindgen or wasm-pack ran
