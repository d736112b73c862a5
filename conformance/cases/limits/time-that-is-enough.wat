;;! summary = "a process that ends within its time has ended as without a limit"
;;! clauses = ["limits-9"]
;;! requires = ["spawn"]
;;! [limits]
;;! time-limit-ms = 3600000
;;! [expect]
;;! return = ["i32:42"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param $x i32) (result i32) (i32.mul (local.get $x) (i32.const 2)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 21) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (i32.load (i32.const 12))))
