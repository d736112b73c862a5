;;! summary = "a trap names the thread by the last name that it gave itself"
;;! clauses = ["traps-14"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 1, thread-name = "loom" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_set_name" (func $set_name (param i32 i32) (result i32)))
  (data (i32.const 64) "weaver")
  (data (i32.const 80) "loom")
  (func (export "main") (result i32)
    (if (call $set_name (i32.const 64) (i32.const 6)) (then unreachable))
    (if (call $set_name (i32.const 80) (i32.const 4)) (then unreachable))
    unreachable))
