;;! summary = "a thread gives itself another name, and another after that"
;;! clauses = ["names-2"]
;;! requires = ["spawn"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 2, thread-name = "third" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_set_name" (func $set_name (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; The attributes at 32: size, flags, stack size, name and its length.
  (data (i32.const 32) "\14\00\00\00" "\00\00\00\00" "\00\00\00\00" "\40\00\00\00" "\05\00\00\00")
  (data (i32.const 64) "first, the second name, third")
  (func $start (param i32) (result i32)
    (if (call $set_name (i32.const 71) (i32.const 15)) (then (return (i32.const 1))))
    (if (call $set_name (i32.const 88) (i32.const 5)) (then (return (i32.const 2))))
    unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 8)) (then (return (i32.const 1))))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
