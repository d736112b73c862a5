;; inspect:
;;   threadified already, ready to run
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;     exports raddle_enter: function () -> ()
;;   error: TF0006: the module was threadified already (it exports `raddle_enter`); run it as it is, or start from the linker's output
;; threadify:
;;   error: TF0006: the module was threadified already (it exports `raddle_enter`); run it as it is, or start from the linker's output
