;; inspect:
;;   already threadified
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;     exports raddle_enter: function () -> ()
;;   error: TF0021: the module exports `raddle_enter`, as threadified modules do, but has no section raddle.threads; if a tool stripped it, strip before threadify or make the tool keep that section; if the export is your own, rename it
;; threadify:
;;   error: TF0021: the module exports `raddle_enter`, as threadified modules do, but has no section raddle.threads; if a tool stripped it, strip before threadify or make the tool keep that section; if the export is your own, rename it
