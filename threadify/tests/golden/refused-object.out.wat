;; inspect:
;;   an object file
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;   error: TF0004: this is an object file (it has a section "linking"), not a linked module; link it with wasm-ld first
;; threadify:
;;   error: TF0004: this is an object file (it has a section "linking"), not a linked module; link it with wasm-ld first
