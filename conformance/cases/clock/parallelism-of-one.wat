;;! summary = "in a process that may have one thread, one runs at once"
;;! clauses = ["clock-6"]
;;! [limits]
;;! max-threads = 1
;;! [expect]
;;! return = ["i32:1"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_parallelism" (func $parallelism (result i32)))
  (func (export "main") (result i32) (call $parallelism)))
