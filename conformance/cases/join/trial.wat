;;! summary = "a join that does not wait says that the thread lives, and collects it once it has ended"
;;! clauses = ["join-5", "join-8"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Lives until the word at 8 is set.
  (func $start (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (i32.const 77))
  (func $try (result i32) (call $join (i32.load (i32.const 12)) (i64.const 0) (i32.const 16)))
  (func (export "main") (result i32)
    (local $status i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 12)) (then unreachable))
    ;; TIMED_OUT, and nothing is stored.
    (if (i32.ne (call $try) (i32.const 6)) (then (return (i32.const 1))))
    (if (i32.ne (call $try) (i32.const 6)) (then (return (i32.const 2))))
    (if (i32.load (i32.const 16)) (then (return (i32.const 3))))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
    (loop $again
      (call $yield)
      (br_if $again (i32.eq (local.tee $status (call $try)) (i32.const 6))))
    (if (local.get $status) (then (return (i32.const 4))))
    (if (i32.ne (i32.load (i32.const 16)) (i32.const 77)) (then (return (i32.const 5))))
    ;; NO_THREAD: it was joined.
    (if (i32.ne (call $try) (i32.const 3)) (then (return (i32.const 6))))
    (i32.const 0)))
