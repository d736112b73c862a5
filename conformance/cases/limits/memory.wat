;;! summary = "a memory that may have five pages and some bytes grows to five, in main and in a child"
;;! clauses = ["limits-3"]
;;! requires = ["spawn"]
;;! [limits]
;;! max-memory = 328000
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param i32) (result i32)
    (if (i32.ne (memory.grow (i32.const 2)) (i32.const -1)) (then (return (i32.const 3))))
    (if (i32.ne (memory.grow (i32.const 1)) (i32.const 4)) (then (return (i32.const 4))))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (i32.ne (memory.grow (i32.const 5)) (i32.const -1)) (then (return (i32.const 1))))
    (if (i32.ne (memory.grow (i32.const 3)) (i32.const 1)) (then (return (i32.const 2))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (if (i32.load (i32.const 12)) (then (return (i32.load (i32.const 12)))))
    (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
