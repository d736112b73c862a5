;;! summary = "a trap in the module's start function on a child's instance is a trap of the child"
;;! clauses = ["traps-18"]
;;! requires = ["spawn"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 2 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The instances are counted at 16; the second one is the child's.
  (func $start (if (i32.atomic.rmw.add (i32.const 16) (i32.const 1)) (then unreachable)))
  (start $start)
  (func $child (param i32) (result i32) (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
