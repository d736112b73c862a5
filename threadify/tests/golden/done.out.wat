;; inspect:
;;   already threadified
;;     shared memory, 32-bit, 1 pages to 4, imported as env.memory
;;     0 waits and notifies
;;     imports env.memory: memory
;;   error: TF0017: the section raddle.threads lacks its field 6; threadify the original module again
;; threadify:
;;   error: TF0006: the module is already threadified (it has a section raddle.threads); run it as it is, or start from the linker's output
