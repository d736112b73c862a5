;;! summary = "the start function finds the segments written, and what it changes there on main's instance a child's finds, too"
;;! clauses = ["init-4", "init-2"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:42"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (data (i32.const 64) "\28\00\00\00")
  (func $start (i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 1))))
  (start $start)
  (func $child (param i32) (result i32) (i32.load (i32.const 64)))
  (func (export "main") (result i32)
    (if (i32.ne (i32.load (i32.const 64)) (i32.const 41)) (then (return (i32.const 1))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (i32.load (i32.const 12))))
