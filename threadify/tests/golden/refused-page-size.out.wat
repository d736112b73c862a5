;; inspect:
;;   a program with memories that threads cannot share
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;   error: TF0014: the module's memory has pages of 2^0 bytes; link it without --page-size, to get pages of 64 KiB
;; threadify:
;;   error: TF0014: the module's memory has pages of 2^0 bytes; link it without --page-size, to get pages of 64 KiB
