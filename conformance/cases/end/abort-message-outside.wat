;;! summary = "a child's abort whose message lies outside memory is an abort, and no trap"
;;! clauses = ["end-19"]
;;! requires = ["spawn"]
;;! [expect]
;;! abort = { thread = 2 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "process_abort" (func $abort (param i32 i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; It begins inside and ends behind what addresses reach.
  (func $child (param i32) (result i32)
    (call $abort (i32.const 65000) (i32.const 0xffffffff))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
