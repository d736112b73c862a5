;;! summary = "a joiner gets the value that the thread returned, which is its argument plus one"
;;! clauses = ["spawn-1", "join-1"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:42"]
;;! threads = { spawned = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $plus_one)
  (func $plus_one (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (func (export "main") (result i32)
    ;; The id at 8, the value at 16.
    (if (call $spawn (i32.const 1) (i32.const 41) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 16)) (then unreachable))
    (i32.load (i32.const 16))))
