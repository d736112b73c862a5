;; inspect:
;;   a program built without threads
;;     0 waits and notifies
;;   error: TF0007: the module is not built for threads: it has no memory; compile with atomics and link a shared memory: rustc -Ctarget-feature=+atomics,+bulk-memory -Clink-arg=--shared-memory -Clink-arg=--import-memory -Clink-arg=--max-memory=1073741824 with -Zbuild-std=std,panic_abort (as `raddle build` does), or clang -matomics -mbulk-memory -Wl,--shared-memory,--import-memory,--max-memory=1073741824
;; threadify:
;;   error: TF0007: the module is not built for threads: it has no memory; compile with atomics and link a shared memory: rustc -Ctarget-feature=+atomics,+bulk-memory -Clink-arg=--shared-memory -Clink-arg=--import-memory -Clink-arg=--max-memory=1073741824 with -Zbuild-std=std,panic_abort (as `raddle build` does), or clang -matomics -mbulk-memory -Wl,--shared-memory,--import-memory,--max-memory=1073741824
