;;! summary = "three threads each hold a mutex and want the next one's"
;;! clauses = ["deadlock-2", "deadlock-3"]
;;! requires = ["spawn", "deadlock-report"]
;;! [expect.deadlock]
;;! threads = [
;;!   { id = 1, for = "join", thread = 2 },
;;!   { id = 2, for = "mutex", address = 20, owner = 3 },
;;!   { id = 3, for = "mutex", address = 24, owner = 4 },
;;!   { id = 4, for = "mutex", address = 16, owner = 2 },
;;! ]
;;! cycles = [[2, 3, 4]]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The mutexes at 16, 20 and 24. How many have their first is counted at 12.
  (func $child (param $n i32) (result i32)
    (if (call $lock (i32.add (i32.const 16) (i32.mul (local.get $n) (i32.const 4))) (i64.const -1)) (then unreachable))
    (drop (i32.atomic.rmw.add (i32.const 12) (i32.const 1)))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.lt_u (i32.atomic.load (i32.const 12)) (i32.const 3))))
    (local.set $n (i32.rem_u (i32.add (local.get $n) (i32.const 1)) (i32.const 3)))
    (call $lock (i32.add (i32.const 16) (i32.mul (local.get $n) (i32.const 4))) (i64.const -1)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 0)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 2) (i32.const 0) (i32.const 0)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
