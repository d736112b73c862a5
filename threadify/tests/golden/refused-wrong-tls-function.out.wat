;; inspect:
;;   a threaded program that lacks linker symbols
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;     exports __wasm_init_tls: function (i64) -> (i32)
;;   error: TF0010: `__wasm_init_tls` is an exported function (i64) -> (i32), not a defined function (i32) -> (); do not define linker symbols yourself, or rename yours
;; threadify:
;;   error: TF0010: `__wasm_init_tls` is an exported function (i64) -> (i32), not a defined function (i32) -> (); do not define linker symbols yourself, or rename yours
