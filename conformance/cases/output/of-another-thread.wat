;;! summary = "any thread may write; what was written before a join is before what the joiner writes"
;;! clauses = ["output-1", "output-3"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
;;! stdout = "first, second, third"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (data (i32.const 64) "first, second, third")
  (func $start (param i32) (result i32) (call $write (i32.const 1) (i32.const 71) (i32.const 8)))
  (func (export "main") (result i32)
    (if (call $write (i32.const 1) (i32.const 64) (i32.const 7)) (then (return (i32.const 1))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (if (i32.load (i32.const 12)) (then (return (i32.const 2))))
    (call $write (i32.const 1) (i32.const 79) (i32.const 5))))
