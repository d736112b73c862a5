;;! summary = "a host without timed waits says so at once, and waits neither for a while nor for ever"
;;! clauses = ["clock-7"]
;;! lacks = ["timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "cond_wait" (func $wait (param i32 i32 i64) (result i32)))
  (func (export "main") (result i32)
    ;; UNSUPPORTED
    (if (i32.ne (call $sleep (i64.const 1)) (i32.const 9)) (then (return (i32.const 1))))
    (if (i32.ne (call $join (i32.const 2) (i64.const 1) (i32.const 0)) (i32.const 9)) (then (return (i32.const 2))))
    (if (i32.ne (call $lock (i32.const 8) (i64.const 1)) (i32.const 9)) (then (return (i32.const 3))))
    (if (i32.load (i32.const 8)) (then (return (i32.const 4))))
    ;; What does not wait is done.
    (if (call $sleep (i64.const 0)) (then (return (i32.const 5))))
    (if (call $lock (i32.const 8) (i64.const 0)) (then (return (i32.const 6))))
    (if (i32.ne (call $wait (i32.const 12) (i32.const 8) (i64.const 1)) (i32.const 9)) (then (return (i32.const 7))))
    (call $unlock (i32.const 8))))
