;;! summary = "with two children of three threads, a third child is refused in main and in a child, until one was joined"
;;! clauses = ["limits-1"]
;;! requires = ["spawn"]
;;! [limits]
;;! max-threads = 3
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 3 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $waits $spawns)
  ;; The children live until the word at 16 is set. AGAIN is 1.
  (func $waits (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1)))
    (i32.const 0))
  (func $spawns (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 20) (i32.const 0) (i64.const -1)))
    (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 24)))
  (func (export "main") (result i32)
    (i32.store (i32.const 24) (i32.const 1234))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then (return (i32.const 2))))
    (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 12)) (then (return (i32.const 3))))
    (if (i32.ne (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 24)) (i32.const 1)) (then (return (i32.const 4))))
    (i32.atomic.store (i32.const 20) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 20) (i32.const 1)))
    (if (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 28)) (then (return (i32.const 5))))
    (if (i32.ne (i32.load (i32.const 28)) (i32.const 1)) (then (return (i32.const 6))))
    (if (i32.ne (i32.load (i32.const 24)) (i32.const 1234)) (then (return (i32.const 7))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 12)) (then (return (i32.const 8))))
    (i32.atomic.store (i32.const 16) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 16) (i32.const -1)))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then (return (i32.const 9))))
    (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 0))))
