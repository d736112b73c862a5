;;! summary = "a limit on memory above the module's maximum leaves that as it is"
;;! clauses = ["limits-4"]
;;! [limits]
;;! max-memory = 1048576
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 4 shared))
  (func (export "main") (result i32)
    (if (i32.ne (memory.grow (i32.const 4)) (i32.const -1)) (then (return (i32.const 1))))
    (i32.ne (memory.grow (i32.const 3)) (i32.const 1))))
