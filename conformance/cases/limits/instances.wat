;;! summary = "with room for two instances of eight megabytes, a second child is refused until the first has ended"
;;! clauses = ["limits-16"]
;;! requires = ["spawn"]
;;! [limits]
;;! max-instance-memory = 20000000
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 2 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 1000000 funcref)
  (elem (i32.const 1) $waits)
  ;; The child lives until the word at 16 is set. AGAIN is 1.
  (func $waits (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1)))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then (return (i32.const 1))))
    (if (i32.ne (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 12)) (i32.const 1))
      (then (return (i32.const 2))))
    (i32.atomic.store (i32.const 16) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 16) (i32.const -1)))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then (return (i32.const 3))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then (return (i32.const 4))))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
