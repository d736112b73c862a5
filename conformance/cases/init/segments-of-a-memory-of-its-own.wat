;;! summary = "a module that defines its memory finds its segments there, and a child finds them as main has changed them"
;;! clauses = ["init-1", "init-2"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:42"]
(module
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (memory (export "memory") 1 4 shared)
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (data (i32.const 64) "\28\00\00\00")
  (func $child (param i32) (result i32) (i32.load (i32.const 64)))
  (func (export "main") (result i32)
    (i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 2)))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (i32.load (i32.const 12))))
