;;! summary = "all threads have one memory: what one stores or grows, the others find"
;;! clauses = ["spawn-14"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 8 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Grows the memory and returns the address of its mark in the new page.
  (func $start (param $mark i32) (result i32)
    (local $at i32)
    (if (i32.ne (i32.load (i32.const 1000)) (i32.const 1234)) (then unreachable))
    (local.set $at (i32.shl (memory.grow (i32.const 1)) (i32.const 16)))
    (i32.store (local.get $at) (local.get $mark))
    (local.get $at))
  (func (export "main") (result i32)
    (i32.store (i32.const 1000) (i32.const 1234))
    (if (call $spawn (i32.const 1) (i32.const 77) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 16)) (then unreachable))
    (i32.ne (i32.load (i32.load (i32.const 16))) (i32.const 77))))
