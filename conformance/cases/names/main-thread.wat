;;! summary = "the main thread gives itself a name"
;;! clauses = ["names-2"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 1, thread-name = "main loop" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_set_name" (func $set_name (param i32 i32) (result i32)))
  (data (i32.const 65) "main loop")
  (func (export "main") (result i32)
    (if (call $set_name (i32.const 65) (i32.const 9)) (then (return (i32.const 1))))
    unreachable))
