;; inspect:
;;   an object file
;;     shared memory, 32-bit, 1 pages to 1, imported as env.__linear_memory
;;     0 waits and notifies
;;     imports env.__linear_memory: memory
;;   error: TF0004: this is an object file (it has a section "linking"), not a linked module; link it with wasm-ld first
;; threadify:
;;   error: TF0004: this is an object file (it has a section "linking"), not a linked module; link it with wasm-ld first
