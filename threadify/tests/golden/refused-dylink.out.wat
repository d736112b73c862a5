;; inspect:
;;   a dynamically linked program
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;   error: TF0011: the module is linked for dynamic loading (it has a section "dylink.0"); link it statically, without -shared, -pie and --experimental-pic
;; threadify:
;;   error: TF0011: the module is linked for dynamic loading (it has a section "dylink.0"); link it statically, without -shared, -pie and --experimental-pic
