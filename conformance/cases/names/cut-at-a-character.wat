;;! summary = "a long name is cut between two characters: of 40 with two bytes each 31 are kept"
;;! clauses = ["names-4"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 1, thread-name = "ééééééééééééééééééééééééééééééé" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_set_name" (func $set_name (param i32 i32) (result i32)))
  (data (i32.const 64) "éééééééééééééééééééééééééééééééééééééééé")
  (func (export "main") (result i32)
    (if (call $set_name (i32.const 64) (i32.const 80)) (then (return (i32.const 1))))
    unreachable))
