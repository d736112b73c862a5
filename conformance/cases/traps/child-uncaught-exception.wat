;;! summary = "an exception that a child does not catch is a trap of the child; some hosts have no exceptions"
;;! clauses = ["traps-12"]
;;! requires = ["spawn"]
;;! [expect]
;;! one-of = [{ trap = { kind = "uncaught-exception", thread = 2 } }, { load-error = {} }]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (tag $thrown)
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param i32) (result i32) (throw $thrown))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
