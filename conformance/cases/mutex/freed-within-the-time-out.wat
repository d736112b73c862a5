;;! summary = "a lock that waits gets the mutex when it is freed, however long its time-out is"
;;! clauses = ["mutex-8", "mutex-10"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $other)
  ;; Locks with the time-out that is at its argument.
  (func $other (param i32) (result i32)
    (if (call $lock (i32.const 8) (i64.load (local.get 0))) (then (return (i32.const 1))))
    (call $unlock (i32.const 8)))
  (func $fails (param $timeout i64) (result i32)
    (i64.store (i32.const 24) (local.get $timeout))
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 24) (i32.const 0) (i32.const 16)) (then unreachable))
    ;; Until bit 31 says that it waits; the other bits are still the owner's id.
    (loop $again
      (call $yield)
      (br_if $again (i32.ge_s (i32.atomic.load (i32.const 8)) (i32.const 0))))
    (if (i32.ne (i32.atomic.load (i32.const 8)) (i32.const 0x80000001)) (then (return (i32.const 1))))
    (if (call $unlock (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then unreachable))
    (i32.load (i32.const 20)))
  (func (export "main") (result i32)
    (if (call $fails (i64.const -1)) (then (return (i32.const 1))))
    (if (call $fails (i64.const 600_000_000_000)) (then (return (i32.const 2))))
    (if (call $fails (i64.const 0x7fffffffffffffff)) (then (return (i32.const 3))))
    (i32.const 0)))
