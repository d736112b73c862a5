;;! summary = "attributes with more bytes than there are fields are taken, and what is behind the fields does not matter"
;;! clauses = ["names-9"]
;;! requires = ["spawn"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 2, thread-name = "worker" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; The attributes at 32: a size of 100, flags, stack size, name and its length; and something else.
  (data (i32.const 32)
    "\64\00\00\00" "\00\00\00\00" "\00\00\00\00" "\c0\00\00\00" "\06\00\00\00" "\ff\ff\ff\ff\ff\ff\ff\ff")
  (data (i32.const 192) "worker")
  (func $start (param i32) (result i32) unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 8)) (then (return (i32.const 1))))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
