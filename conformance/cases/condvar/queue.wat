;;! summary = "two threads give 600 items to two others through a place for one, by two condition variables of one mutex"
;;! clauses = ["condvar-8", "condvar-7", "mutex-1"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:90300"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "cond_wait" (func $wait (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "cond_notify" (func $notify (param i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $gives $takes)
  ;; The mutex at 8, "there is something" at 12, "there is room" at 16; the place at 20 is 0 when there is room.
  (func $gives (param i32) (result i32)
    (local $item i32)
    (loop $next
      (local.set $item (i32.add (local.get $item) (i32.const 1)))
      (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
      (loop $again
        (if (i32.load (i32.const 20)) (then
          (if (call $wait (i32.const 16) (i32.const 8) (i64.const -1)) (then unreachable))
          (br $again))))
      (i32.store (i32.const 20) (local.get $item))
      (drop (call $notify (i32.const 12) (i32.const 1)))
      (if (call $unlock (i32.const 8)) (then unreachable))
      (br_if $next (i32.lt_u (local.get $item) (i32.const 300))))
    (i32.const 0))
  ;; The sum of 300 items.
  (func $takes (param i32) (result i32)
    (local $round i32) (local $sum i32)
    (loop $next
      (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
      (loop $again
        (if (i32.eqz (i32.load (i32.const 20))) (then
          (if (call $wait (i32.const 12) (i32.const 8) (i64.const -1)) (then unreachable))
          (br $again))))
      (local.set $sum (i32.add (local.get $sum) (i32.load (i32.const 20))))
      (i32.store (i32.const 20) (i32.const 0))
      (drop (call $notify (i32.const 16) (i32.const 1)))
      (if (call $unlock (i32.const 8)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 300))))
    (local.get $sum))
  (func (export "main") (result i32)
    (local $at i32) (local $sum i32)
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $spawn
            (i32.add (i32.const 1) (i32.and (i32.shr_u (local.get $at) (i32.const 2)) (i32.const 1)))
            (i32.const 0) (i32.const 0) (local.get $at))
        (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 272))))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 24)) (then unreachable))
      (local.set $sum (i32.add (local.get $sum) (i32.load (i32.const 24))))
      (br_if $next (i32.gt_u (local.get $at) (i32.const 256))))
    (local.get $sum)))
