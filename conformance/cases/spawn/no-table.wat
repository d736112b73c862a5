;;! summary = "in a module without a table there is no function to start"
;;! clauses = ["spawn-10"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 0 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (func (export "main") (result i32)
    (i32.store (i32.const 8) (i32.const 1234))
    ;; INVALID, and no id is stored.
    (if (i32.ne (call $spawn (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 8)) (i32.const 2))
      (then (return (i32.const 1))))
    (if (i32.ne (i32.load (i32.const 8)) (i32.const 1234)) (then (return (i32.const 2))))
    (i32.const 0)))
