;;! summary = "a thread that was not named has no name, whatever its spawner's is"
;;! clauses = ["names-3"]
;;! requires = ["spawn"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 2, thread-name = "" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_set_name" (func $set_name (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (data (i32.const 64) "spawner")
  (func $start (param i32) (result i32) unreachable)
  (func (export "main") (result i32)
    (if (call $set_name (i32.const 64) (i32.const 7)) (then (return (i32.const 1))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then (return (i32.const 2))))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
