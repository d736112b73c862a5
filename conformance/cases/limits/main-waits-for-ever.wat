;;! summary = "main takes longer than it may in a wait, while a child computes"
;;! clauses = ["limits-10"]
;;! requires = ["spawn", "timed-wait", "kill"]
;;! [limits]
;;! max-wait-ms = 30
;;! [expect]
;;! trap = { kind = "wait-limit", thread = 1, function = "blocks" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $blocks (result i32) (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
  (func $child (param i32) (result i32)
    (loop $forever (br $forever))
    unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (call $blocks)))
