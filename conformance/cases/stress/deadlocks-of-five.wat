;;! summary = "five dining philosophers starve, two hundred times"
;;! clauses = ["stress-10", "deadlock-1"]
;;! requires = ["spawn", "deadlock-report"]
;;! profile = "stress"
;;! timeout-ms = 120000
;;! repeat = 200
;;! [expect.deadlock]
;;! threads = [
;;!   { id = 1, for = "join", thread = 6 },
;;!   { id = 2, for = "mutex", address = 20, owner = 3 },
;;!   { id = 3, for = "mutex", address = 24, owner = 4 },
;;!   { id = 4, for = "mutex", address = 28, owner = 5 },
;;!   { id = 5, for = "mutex", address = 32, owner = 6 },
;;!   { id = 6, for = "mutex", address = 16, owner = 2 },
;;! ]
;;! cycles = [[2, 3, 4, 5, 6]]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "cond_wait" (func $cond_wait (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "cond_notify" (func $cond_notify (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $philosopher)
  ;; The forks from 16 on. Who sits at the table is counted at 48, under the mutex at 40 with the condition variable at 44.
  (func $fork (param $n i32) (result i32)
    (i32.add (i32.const 16) (i32.mul (i32.rem_u (local.get $n) (i32.const 5)) (i32.const 4))))
  (func $sit
    (if (call $lock (i32.const 40) (i64.const -1)) (then unreachable))
    (i32.store (i32.const 48) (i32.add (i32.load (i32.const 48)) (i32.const 1)))
    (drop (call $cond_notify (i32.const 44) (i32.const -1)))
    (block $all
      (loop $again
        (br_if $all (i32.eq (i32.load (i32.const 48)) (i32.const 5)))
        (if (call $cond_wait (i32.const 44) (i32.const 40) (i64.const -1)) (then unreachable))
        (br $again)))
    (if (call $unlock (i32.const 40)) (then unreachable)))
  (func $philosopher (param $n i32) (result i32)
    (if (call $lock (call $fork (local.get $n)) (i64.const -1)) (then unreachable))
    (call $sit)
    (call $lock (call $fork (i32.add (local.get $n) (i32.const 1))) (i64.const -1)))
  (func (export "main") (result i32) (local $n i32)
    (loop $more
      (if (call $spawn (i32.const 1) (local.get $n) (i32.const 0) (i32.const 8)) (then unreachable))
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (br_if $more (i32.lt_u (local.get $n) (i32.const 5))))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
