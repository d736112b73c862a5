;;! summary = "a child that has ended takes its place until it was joined or detached"
;;! clauses = ["limits-2"]
;;! requires = ["spawn"]
;;! [limits]
;;! max-threads = 3
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_detach" (func $detach (param i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; A child ends with a mutex, its argument, which tells main that it has ended: OWNER_DIED is 10. AGAIN is 1.
  (func $child (param $mutex i32) (result i32) (call $lock (local.get $mutex) (i64.const -1)))
  (func $await_end (param $mutex i32)
    (loop $not_yet (br_if $not_yet (i32.eqz (i32.atomic.load (local.get $mutex)))))
    (if (i32.ne (call $lock (local.get $mutex) (i64.const -1)) (i32.const 10)) (then unreachable)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 16) (i32.const 0) (i32.const 8)) (then (return (i32.const 2))))
    (if (call $spawn (i32.const 1) (i32.const 20) (i32.const 0) (i32.const 12)) (then (return (i32.const 3))))
    (call $await_end (i32.const 16))
    (call $await_end (i32.const 20))
    (if (i32.ne (call $spawn (i32.const 1) (i32.const 24) (i32.const 0) (i32.const 0)) (i32.const 1)) (then (return (i32.const 4))))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then (return (i32.const 5))))
    (if (call $spawn (i32.const 1) (i32.const 24) (i32.const 0) (i32.const 0)) (then (return (i32.const 6))))
    (if (i32.ne (call $spawn (i32.const 1) (i32.const 28) (i32.const 0) (i32.const 0)) (i32.const 1)) (then (return (i32.const 7))))
    ;; A thread's mutex tells that it ends a moment before it has ended: so its place may still be taken at first.
    (if (call $detach (i32.load (i32.const 12))) (then (return (i32.const 8))))
    (loop $again (br_if $again (i32.eq (call $spawn (i32.const 1) (i32.const 28) (i32.const 0) (i32.const 0)) (i32.const 1))))
    (i32.const 0)))
