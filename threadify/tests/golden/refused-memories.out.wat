;; inspect:
;;   a program with memories that threads cannot share
;;     shared memory, 32-bit, 1 pages to 1
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;   error: TF0015: the module has 2 memories, but threads share one; link it with one memory
;; threadify:
;;   error: TF0015: the module has 2 memories, but threads share one; link it with one memory
