;;! summary = "_initialize has been called once when main begins, and is not called for a child"
;;! clauses = ["init-7"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:1"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The calls are counted at 16.
  (func (export "_initialize") (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1))))
  (func $child (param i32) (result i32) (i32.const 0))
  (func (export "main") (result i32)
    (if (i32.ne (i32.atomic.load (i32.const 16)) (i32.const 1)) (then (return (i32.const 10))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then unreachable))
    (i32.atomic.load (i32.const 16))))
