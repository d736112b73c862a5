;;! summary = "when an owner ends while others wait, one of them gets the mutex with OWNER_DIED, and the rest get it in turn"
;;! clauses = ["mutex-11", "mutex-10"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:1", "i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $owner $waiter)
  ;; Ends once the word at 12 is set.
  (func $owner (param i32) (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))
    (i32.const 0))
  ;; Returns 1 if it was told, and 0 if not.
  (func $waiter (param i32) (result i32)
    (local $status i32)
    (local.set $status (call $lock (i32.const 8) (i64.const -1)))
    (if (call $unlock (i32.const 8)) (then unreachable))
    (if (i32.eq (local.get $status) (i32.const 10)) (then (return (i32.const 1))))
    (if (local.get $status) (then unreachable))
    (i32.const 0))
  ;; How many were told, and the word at the end.
  (func (export "main") (result i32 i32)
    (local $at i32) (local $told i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 252)) (then unreachable))
    (loop $again
      (call $yield)
      (br_if $again (i32.eqz (i32.atomic.load (i32.const 8)))))
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (local.get $at)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 272))))
    ;; One waits for sure, and soon most do.
    (loop $again
      (call $yield)
      (br_if $again (i32.ge_s (i32.atomic.load (i32.const 8)) (i32.const 0))))
    (if (call $sleep (i64.const 20_000_000)) (then unreachable))
    (i32.atomic.store (i32.const 12) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 12) (i32.const -1)))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 16)) (then unreachable))
      (if (i32.gt_u (local.get $at) (i32.const 252)) (then
        (local.set $told (i32.add (local.get $told) (i32.load (i32.const 16))))
        (br $next))))
    (local.get $told)
    (i32.load (i32.const 8))))
