;;! summary = "while a thread waits, bit 31 keeps the owner from unlocking without the host"
;;! clauses = ["mutex-8", "mutex-10"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "thread_id" (func $id (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $other)
  ;; When it has the mutex, it is its own by the word, too.
  (func $other (param i32) (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then (return (i32.const 1))))
    (if (i32.ne (i32.and (i32.load (i32.const 8)) (i32.const 0x3fffffff)) (call $id)) (then (return (i32.const 2))))
    (call $unlock (i32.const 8)))
  (func (export "main") (result i32)
    ;; Taken by the guest itself.
    (if (i32.atomic.rmw.cmpxchg (i32.const 8) (i32.const 0) (i32.const 1)) (then (return (i32.const 10))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (loop $again
      (call $yield)
      (br_if $again (i32.ne (i32.atomic.load (i32.const 8)) (i32.const 0x80000001))))
    (if (i32.eq (i32.atomic.rmw.cmpxchg (i32.const 8) (i32.const 1) (i32.const 0)) (i32.const 1))
      (then (return (i32.const 11))))
    (if (call $unlock (i32.const 8)) (then (return (i32.const 12))))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then unreachable))
    (if (i32.load (i32.const 20)) (then (return (i32.load (i32.const 20)))))
    ;; All have gone, and so has the bit.
    (i32.load (i32.const 8))))
