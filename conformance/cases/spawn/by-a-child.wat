;;! summary = "a thread that was spawned spawns another, which lives on when it ends"
;;! clauses = ["spawn-8", "join-10"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:7"]
;;! threads = { spawned = 2 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $child $grandchild)
  ;; Returns the grandchild's id.
  (func $child (param i32) (result i32)
    (if (call $spawn (i32.const 2) (i32.const 7) (i32.const 0) (i32.const 12)) (then unreachable))
    (i32.load (i32.const 12)))
  ;; Lives until the word at 8 is set.
  (func $grandchild (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (local.get 0))
  (func $join_for_value (param $id i32) (result i32)
    (if (call $join (local.get $id) (i64.const -1) (i32.const 20)) (then unreachable))
    (i32.load (i32.const 20)))
  (func (export "main") (result i32)
    (local $grandchild i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (local.set $grandchild (call $join_for_value (i32.load (i32.const 16))))
    ;; Only now, when its spawner is gone, may it end.
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
    (call $join_for_value (local.get $grandchild))))
