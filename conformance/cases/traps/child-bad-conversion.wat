;;! summary = "a conversion of NaN in a child is a trap of its kind, in the innermost function"
;;! clauses = ["traps-8", "traps-15"]
;;! requires = ["spawn"]
;;! [expect]
;;! trap = { kind = "bad-conversion", thread = 2, function = "innermost" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $innermost (result i32) (i32.trunc_f64_s (f64.const nan)))
  (func $outer (param i32) (result i32) (i32.add (call $innermost) (local.get 0)))
  (func $child (param i32) (result i32) (call $outer (local.get 0)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
