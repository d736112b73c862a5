;;! summary = "no handler of the guest's catches an exit, on a host that has exceptions"
;;! clauses = ["exit-7"]
;;! requires = ["spawn"]
;;! [expect]
;;! one-of = [{ return = ["i32:9"] }, { load-error = { code = "BN0002" } }]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_exit" (func $exit (param i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32)
    (block $caught
      (try_table (catch_all $caught) (call $exit (i32.const 9)))
      unreachable)
    (i32.const 1))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (i32.load (i32.const 12))))
