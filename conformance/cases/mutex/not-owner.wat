;;! summary = "an unlock of a mutex that is free or another thread's is refused, and changes nothing"
;;! clauses = ["mutex-9"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $other)
  (func $other (param i32) (result i32) (call $unlock (i32.const 8)))
  (func (export "main") (result i32)
    ;; NOT_OWNER
    (if (i32.ne (call $unlock (i32.const 8)) (i32.const 7)) (then (return (i32.const 1))))
    (if (i32.load (i32.const 8)) (then (return (i32.const 2))))
    (if (call $lock (i32.const 8) (i64.const -1)) (then (return (i32.const 3))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then unreachable))
    (if (i32.ne (i32.load (i32.const 20)) (i32.const 7)) (then (return (i32.const 4))))
    (if (i32.ne (i32.and (i32.load (i32.const 8)) (i32.const 0x3fffffff)) (i32.const 1)) (then (return (i32.const 5))))
    (if (call $unlock (i32.const 8)) (then (return (i32.const 6))))
    (i32.const 0)))
