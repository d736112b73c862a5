;;! summary = "a long name in the attributes is cut, as one that a thread gives itself"
;;! clauses = ["names-4"]
;;! requires = ["spawn"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 2, thread-name = "aééééééééééééééééééééééééééééééz" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; The attributes at 32: size, flags, stack size, name and its length.
  (data (i32.const 32) "\14\00\00\00" "\00\00\00\00" "\00\00\00\00" "\40\00\00\00" "\41\00\00\00")
  ;; 1 + 30 * 2 + 1 + 3 bytes: the last character has its first byte within the 63.
  (data (i32.const 64) "aééééééééééééééééééééééééééééééz€")
  (func $start (param i32) (result i32) unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 8)) (then (return (i32.const 1))))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
