;; Exports that run all constructors on every call.
(module
  (import "env" "memory" (memory 2 4 shared))
  (table 1 1 funcref)
  (func $run.command_export (export "run")))
