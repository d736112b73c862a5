;; inspect:
;;   threadified already, ready to run
;;     shared memory, 32-bit, 1 pages to 4, imported as env.memory
;;     0 waits and notifies
;;     the main stack from 66576 down to 1040
;;     12 bytes of thread-local variables, aligned to 4
;;     moves of the stack pointer are checked
;;     the first instance writes the data segments
;;     threads can be started
;;     waits call the host
;;     the host may grow the memory for more stacks
;;     imports env.memory: memory
;; threadify:
;;   error: TF0006: the module was threadified already (it has a section "raddle.threads"); run it as it is, or start from the linker's output
