;;! summary = "a module's own memory, which it exports, is the one that its threads share and the calls use"
;;! clauses = ["threadify-20"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:42"]
;;! stdout = "loom"
(module
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (memory $memory (export "memory") 1 8 shared)
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (data (i32.const 64) "loom")
  (func $child (param $at i32) (result i32)
    (if (call $write (i32.const 1) (local.get $at) (i32.const 4)) (then unreachable))
    (i32.store (i32.const 128) (i32.const 42))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 64) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then unreachable))
    (i32.load $memory (i32.const 128))))
