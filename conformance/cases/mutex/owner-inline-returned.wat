;;! summary = "when a thread returns that has locked by itself while it owns a mutex, the next to lock it gets OWNER_DIED, once, and owns it"
;;! clauses = ["mutex-11"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_id" (func $id (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $owner)
  (func $owner (param i32) (result i32)
    (if (i32.atomic.rmw.cmpxchg (i32.const 8) (i32.const 0) (call $id)) (then unreachable))
    (i32.const 0))
  (func $fails (param $timeout i64) (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 0)) (then unreachable))
    ;; OWNER_DIED, and the caller owns it.
    (if (i32.ne (call $lock (i32.const 8) (local.get $timeout)) (i32.const 10)) (then (return (i32.const 1))))
    (if (i32.ne (i32.and (i32.load (i32.const 8)) (i32.const 0x3fffffff)) (i32.const 1)) (then (return (i32.const 1))))
    (if (call $unlock (i32.const 8)) (then (return (i32.const 1))))
    ;; It is a mutex like any other again.
    (if (call $lock (i32.const 8) (local.get $timeout)) (then (return (i32.const 1))))
    (call $unlock (i32.const 8)))
  (func (export "main") (result i32)
    (if (call $fails (i64.const -1)) (then (return (i32.const 1))))
    (if (call $fails (i64.const 0)) (then (return (i32.const 2))))
    (if (call $fails (i64.const 600_000_000_000)) (then (return (i32.const 3))))
    (i32.const 0)))
