;;! summary = "a child reads what main wrote before the spawn, and main what the child wrote before it ended, by plain accesses"
;;! clauses = ["memory-1"]
;;! requires = ["spawn"]
;;! repeat = 3
;;! [expect]
;;! return = ["i32:42"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param $at i32) (result i32)
    (i32.store offset=4 (local.get $at) (i32.mul (i32.load (local.get $at)) (i32.const 6)))
    (i32.const 0))
  (func (export "main") (result i32)
    (i32.store (i32.const 4096) (i32.const 7))
    (if (call $spawn (i32.const 1) (i32.const 4096) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then unreachable))
    (i32.load (i32.const 4100))))
