;;! summary = "a mutex whose owner ended does not look free to a guest that locks by itself"
;;! clauses = ["mutex-3", "mutex-11", "mutex-12"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $owner)
  (func $owner (param i32) (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then unreachable))
    (i32.const 0))
  (func (export "main") (result i32)
    (local $word i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 0)) (then unreachable))
    ;; It holds the dead owner's id, or bit 30 and no id.
    (local.set $word (i32.atomic.rmw.cmpxchg (i32.const 8) (i32.const 0) (i32.const 1)))
    (if (i32.and
          (i32.ne (i32.and (local.get $word) (i32.const 0x7fffffff)) (i32.load (i32.const 16)))
          (i32.ne (i32.and (local.get $word) (i32.const 0x7fffffff)) (i32.const 0x40000000)))
      (then (return (i32.const 1))))
    (if (i32.ne (call $lock (i32.const 8) (i64.const -1)) (i32.const 10)) (then (return (i32.const 2))))
    ;; The next owner has taken it over, so bit 30 is clear.
    (i32.and (i32.load (i32.const 8)) (i32.const 0x40000000))))
