;;! summary = "a table that the module imports, as linkers write it when they are told to, is there in each thread"
;;! clauses = ["threadify-38"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:42"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "env" "__indirect_function_table" (table $t 3 funcref))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table $own 1 funcref)
  (elem (table $t) (i32.const 1) func $child $clears)
  (elem (table $own) (i32.const 0) func $child)
  (func $child (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  ;; What a thread does to its table, no other sees.
  (func $clears (param i32) (result i32)
    (table.fill $t (i32.const 0) (ref.null func) (i32.const 3))
    (i32.const 0))
  (func $run (param $function i32) (param $argument i32) (result i32)
    (if (call $spawn (local.get $function) (local.get $argument) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (i32.load (i32.const 12)))
  (func (export "main") (result i32)
    (drop (call $run (i32.const 2) (i32.const 0)))
    (if (i32.ne (call $run (i32.const 1) (i32.const 7)) (i32.const 8)) (then (return (i32.const 1))))
    (call_indirect $own (param i32) (result i32) (i32.const 41) (i32.const 0))))
