;;! summary = "forty threads that wait at addresses of their own, and one that joins, are deadlocked"
;;! clauses = ["deadlock-1", "deadlock-3"]
;;! requires = ["spawn", "deadlock-report"]
;;! [expect]
;;! deadlock = { cycles = [] }
;;! threads = { spawned = 40 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param $at i32) (result i32) (memory.atomic.wait32 (local.get $at) (i32.const 0) (i64.const -1)))
  (func (export "main") (result i32) (local $at i32)
    (local.set $at (i32.const 256))
    (loop $more
      (if (call $spawn (i32.const 1) (local.get $at) (i32.const 0) (i32.const 8)) (then unreachable))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br_if $more (i32.lt_u (local.get $at) (i32.const 416))))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
