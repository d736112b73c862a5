;;! summary = "of a long name 63 bytes are kept"
;;! clauses = ["names-4"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 1, thread-name = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_set_name" (func $set_name (param i32 i32) (result i32)))
  (func (export "main") (result i32)
    (memory.fill (i32.const 64) (i32.const 0x6e) (i32.const 1000))
    (if (call $set_name (i32.const 64) (i32.const 1000)) (then (return (i32.const 1))))
    unreachable))
