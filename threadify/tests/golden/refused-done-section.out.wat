;; inspect:
;;   already threadified
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;   error: TF0017: the section raddle.threads has version 9, but this raddle reads 1; threadify the original module again
;; threadify:
;;   error: TF0006: the module is already threadified (it has a section raddle.threads); run it as it is, or start from the linker's output
