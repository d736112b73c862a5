;;! summary = "two thousand threads, four at a time, take a mutex and end with it, while two others take it and give it back"
;;! clauses = ["stress-9", "stress-3"]
;;! requires = ["spawn"]
;;! profile = "stress"
;;! timeout-ms = 120000
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $takes $ends)
  ;; The mutex at 16; under it, at 20 how often it was taken, at 24 1 if its last owner ended with it. The same is counted at 28 without it.
  ;; 32 is set at the end. OWNER_DIED is 10, which is answered exactly when the last owner ended.
  (func $lock_it
    (if (i32.ne (call $lock (i32.const 16) (i64.const -1)) (select (i32.const 10) (i32.const 0) (i32.load (i32.const 24))))
      (then unreachable))
    (i32.store (i32.const 24) (i32.const 0))
    (i32.store (i32.const 20) (i32.add (i32.load (i32.const 20)) (i32.const 1)))
    (drop (i32.atomic.rmw.add (i32.const 28) (i32.const 1))))
  (func $takes (param i32) (result i32)
    (loop $more
      (call $lock_it)
      (if (call $unlock (i32.const 16)) (then unreachable))
      (br_if $more (i32.eqz (i32.atomic.load (i32.const 32)))))
    (i32.const 0))
  (func $ends (param i32) (result i32)
    (call $lock_it)
    (i32.store (i32.const 24) (i32.const 1))
    (i32.const 0))
  (func (export "main") (result i32) (local $i i32) (local $at i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 12)) (then unreachable))
    ;; Four ids from 64 on: each place is joined before it is used again.
    (loop $more
      (local.set $at (i32.add (i32.const 64) (i32.mul (i32.and (local.get $i) (i32.const 3)) (i32.const 4))))
      (if (i32.load (local.get $at))
        (then (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 0)) (then unreachable))))
      (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (local.get $at)) (then unreachable))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 2000))))
    (i32.atomic.store (i32.const 32) (i32.const 1))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then unreachable))
    (if (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 0)) (then unreachable))
    (local.set $at (i32.const 64))
    (loop $more
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 0)) (then unreachable))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 80))))
    (i32.ne (i32.load (i32.const 20)) (i32.load (i32.const 28)))))
