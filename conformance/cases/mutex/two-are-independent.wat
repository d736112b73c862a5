;;! summary = "two mutexes beside each other have owners of their own"
;;! clauses = ["mutex-13"]
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
  ;; Holds the mutex at 12 until the word at 20 is set; it says so at 16.
  (func $other (param i32) (result i32)
    (if (call $lock (i32.const 12) (i64.const -1)) (then (return (i32.const 10))))
    (i32.atomic.store (i32.const 16) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 16) (i32.const -1)))
    (drop (memory.atomic.wait32 (i32.const 20) (i32.const 0) (i64.const -1)))
    ;; The first is not its own: NOT_OWNER.
    (if (i32.ne (call $unlock (i32.const 8)) (i32.const 7)) (then (return (i32.const 11))))
    (call $unlock (i32.const 12)))
  (func (export "main") (result i32)
    (if (call $lock (i32.const 8) (i64.const -1)) (then (return (i32.const 1))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 24)) (then unreachable))
    (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1)))
    ;; Both are held: BUSY and NOT_OWNER for the second.
    (if (i32.ne (call $lock (i32.const 12) (i64.const 0)) (i32.const 5)) (then (return (i32.const 2))))
    (if (i32.ne (call $unlock (i32.const 12)) (i32.const 7)) (then (return (i32.const 3))))
    (i32.atomic.store (i32.const 20) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 20) (i32.const -1)))
    (if (call $join (i32.load (i32.const 24)) (i64.const -1) (i32.const 28)) (then unreachable))
    (if (i32.load (i32.const 28)) (then (return (i32.load (i32.const 28)))))
    (if (call $lock (i32.const 12) (i64.const 0)) (then (return (i32.const 4))))
    ;; In the order in which they were taken.
    (if (call $unlock (i32.const 8)) (then (return (i32.const 5))))
    (if (call $unlock (i32.const 12)) (then (return (i32.const 6))))
    (i32.const 0)))
