;;! summary = "a child's table begins as the module says: what main has set, cleared or grown there, the child does not see"
;;! clauses = ["init-6"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 4 8 funcref)
  (elem (i32.const 1) $child $other)
  (func $other (param i32) (result i32) unreachable)
  (func $child (param i32) (result i32)
    (if (i32.ne (table.size) (i32.const 4)) (then (return (i32.const 1))))
    (if (ref.is_null (table.get (i32.const 2))) (then (return (i32.const 2))))
    (if (i32.eqz (ref.is_null (table.get (i32.const 3)))) (then (return (i32.const 3))))
    (table.set (i32.const 3) (ref.null func))
    (i32.const 0))
  (func (export "main") (result i32)
    (drop (table.grow (ref.null func) (i32.const 2)))
    ;; Not even the start function has to be in the spawner's table.
    (table.set (i32.const 3) (table.get (i32.const 1)))
    (table.set (i32.const 2) (ref.null func))
    (table.set (i32.const 1) (ref.null func))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (if (i32.load (i32.const 12)) (then (return (i32.load (i32.const 12)))))
    (ref.is_null (table.get (i32.const 3)))))
