;;! summary = "a join takes longer than it may"
;;! clauses = ["limits-10"]
;;! requires = ["spawn", "timed-wait"]
;;! [limits]
;;! max-wait-ms = 30
;;! [expect]
;;! trap = { kind = "wait-limit", thread = 2, function = "blocks" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Main is never blocked: it looks again and again whether the child has ended. TIMED_OUT is 6.
  (func $blocks (result i32) (call $join (i32.const 1) (i64.const -1) (i32.const 0)))
  (func $child (param i32) (result i32) (i32.add (call $blocks) (i32.const 1)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (loop $not_yet
      (call $yield)
      (br_if $not_yet (i32.eq (call $join (i32.load (i32.const 8)) (i64.const 0) (i32.const 0)) (i32.const 6))))
    (i32.const 0)))
