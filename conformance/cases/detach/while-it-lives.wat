;;! summary = "a detached thread runs on, and can be neither joined nor detached"
;;! clauses = ["detach-1", "detach-2"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_detach" (func $detach (param i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Lives until the word at 8 is set, and then sets the one at 12.
  (func $start (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (i32.atomic.store (i32.const 12) (i32.const 1))
    (i32.const 0))
  (func (export "main") (result i32)
    (local $id i32) (local $status i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (local.set $id (i32.load (i32.const 16)))
    (if (call $detach (local.get $id)) (then (return (i32.const 1))))
    ;; INVALID at once, whatever the time-out.
    (if (i32.ne (call $join (local.get $id) (i64.const -1) (i32.const 0)) (i32.const 2)) (then (return (i32.const 2))))
    (if (i32.ne (call $join (local.get $id) (i64.const 0) (i32.const 0)) (i32.const 2)) (then (return (i32.const 3))))
    (if (i32.ne (call $join (local.get $id) (i64.const 600_000_000_000) (i32.const 0)) (i32.const 2))
      (then (return (i32.const 4))))
    (if (i32.ne (call $detach (local.get $id)) (i32.const 2)) (then (return (i32.const 5))))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
    ;; NO_THREAD once it has ended.
    (loop $again
      (call $yield)
      (local.set $status (call $join (local.get $id) (i64.const 0) (i32.const 0)))
      (br_if $again (i32.eq (local.get $status) (i32.const 2))))
    (if (i32.ne (local.get $status) (i32.const 3)) (then (return (i32.const 6))))
    (if (i32.ne (call $detach (local.get $id)) (i32.const 3)) (then (return (i32.const 7))))
    (if (i32.ne (i32.atomic.load (i32.const 12)) (i32.const 1)) (then (return (i32.const 8))))
    (i32.const 0)))
