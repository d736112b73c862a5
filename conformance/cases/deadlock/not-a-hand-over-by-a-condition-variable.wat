;;! summary = "two threads take turns 1000 times, each waiting on a condition variable while it is the other's"
;;! clauses = ["deadlock-9"]
;;! requires = ["spawn"]
;;! timeout-ms = 60000
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "cond_wait" (func $cond_wait (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "cond_notify" (func $cond_notify (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $turns)
  ;; The mutex at 16, the condition variable at 20; the word at 24 is 0 when it is main's turn, and 1 when it is the child's.
  (func $turns (param $mine i32) (result i32) (local $i i32)
    (loop $more
      (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
      (block $my_turn
        (loop $again
          (br_if $my_turn (i32.eq (i32.load (i32.const 24)) (local.get $mine)))
          (if (call $cond_wait (i32.const 20) (i32.const 16) (i64.const -1)) (then unreachable))
          (br $again)))
      (i32.store (i32.const 24) (i32.xor (local.get $mine) (i32.const 1)))
      (drop (call $cond_notify (i32.const 20) (i32.const 1)))
      (if (call $unlock (i32.const 16)) (then unreachable))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1000))))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 8)) (then unreachable))
    (drop (call $turns (i32.const 0)))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
