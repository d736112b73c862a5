;;! summary = "an empty element as the start function traps on the new thread, and not in the spawn"
;;! clauses = ["traps-17"]
;;! requires = ["spawn"]
;;! [expect]
;;! trap = { kind = "indirect-call-to-null", thread = 2 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $of_another_type)
  (func $of_another_type (param i64) (result i32) (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
