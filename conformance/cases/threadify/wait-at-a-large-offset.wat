;;! summary = "a wait with an offset that takes many bytes is woken at the sum of both, and code behind it goes on"
;;! clauses = ["threadify-22"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:42"]
(module
  (import "env" "memory" (memory 40 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param $at i32) (result i32)
    (i32.add (memory.atomic.wait64 offset=0x210000 (local.get $at) (i64.const 0) (i64.const -1)) (i32.const 42)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 64) (i32.const 0) (i32.const 8)) (then unreachable))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.eqz (memory.atomic.notify (i32.const 0x210040) (i32.const 1)))))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (i32.load (i32.const 12))))
