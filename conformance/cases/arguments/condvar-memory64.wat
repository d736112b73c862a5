;;! summary = "with a 64-bit memory, too, a wait with a bad address is refused, and its mutex stays the caller's; a notify finds no waiter there"
;;! clauses = ["arguments-1", "arguments-2", "arguments-9"]
;;! requires = ["memory64", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (import "raddle_v1" "mutex_lock" (func $lock (param i64 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i64) (result i32)))
  (import "raddle_v1" "cond_wait" (func $wait (param i64 i64 i64) (result i32)))
  (import "raddle_v1" "cond_notify" (func $notify (param i64 i32) (result i32)))
  ;; The first address that is none.
  (func $end (result i64) (i64.shl (memory.size) (i64.const 16)))
  ;; Whether it is not FAULT, or the mutex at 16 is not the caller's after it, or somebody is notified.
  (func $wrong_cond (param $cond i64) (result i32)
    (if (i32.ne (call $wait (local.get $cond) (i64.const 16) (i64.const -1)) (i32.const 8)) (then (return (i32.const 1))))
    (if (i32.ne (call $wait (local.get $cond) (i64.const 16) (i64.const 0)) (i32.const 8)) (then (return (i32.const 1))))
    (if (i32.ne (i32.and (i32.load (i64.const 16)) (i32.const 0x3fffffff)) (i32.const 1)) (then (return (i32.const 1))))
    (call $notify (local.get $cond) (i32.const -1)))
  (func $wrong_mutex (param $mutex i64) (result i32)
    (i32.or
      (i32.ne (call $wait (i64.const 32) (local.get $mutex) (i64.const -1)) (i32.const 8))
      (i32.ne (call $wait (i64.const 32) (local.get $mutex) (i64.const 0)) (i32.const 8))))
  (func (export "main") (result i32)
    (if (call $lock (i64.const 16) (i64.const -1)) (then (return (i32.const 100))))
    (if (call $wrong_cond (i64.const 9)) (then (return (i32.const 1))))
    (if (call $wrong_cond (i64.const 10)) (then (return (i32.const 2))))
    (if (call $wrong_cond (i64.const 11)) (then (return (i32.const 3))))
    (if (call $wrong_cond (call $end)) (then (return (i32.const 4))))
    (if (call $wrong_cond (i64.sub (call $end) (i64.const 2))) (then (return (i32.const 5))))
    (if (call $wrong_cond (i64.add (call $end) (i64.const 4))) (then (return (i32.const 6))))
    (if (call $wrong_cond (i64.const 0x100000008)) (then (return (i32.const 7))))
    (if (call $wrong_cond (i64.const 0xffffffff00000008)) (then (return (i32.const 8))))
    (if (call $wrong_cond (i64.const 0x8000000000000000)) (then (return (i32.const 9))))
    (if (call $wrong_cond (i64.const -8)) (then (return (i32.const 10))))
    (if (call $wrong_cond (i64.const -1)) (then (return (i32.const 11))))
    (if (call $wrong_mutex (i64.const 9)) (then (return (i32.const 12))))
    (if (call $wrong_mutex (i64.const 10)) (then (return (i32.const 13))))
    (if (call $wrong_mutex (i64.const 11)) (then (return (i32.const 14))))
    (if (call $wrong_mutex (call $end)) (then (return (i32.const 15))))
    (if (call $wrong_mutex (i64.sub (call $end) (i64.const 2))) (then (return (i32.const 16))))
    (if (call $wrong_mutex (i64.add (call $end) (i64.const 4))) (then (return (i32.const 17))))
    (if (call $wrong_mutex (i64.const 0x100000008)) (then (return (i32.const 18))))
    (if (call $wrong_mutex (i64.const 0xffffffff00000008)) (then (return (i32.const 19))))
    (if (call $wrong_mutex (i64.const 0x8000000000000000)) (then (return (i32.const 20))))
    (if (call $wrong_mutex (i64.const -8)) (then (return (i32.const 21))))
    (if (call $wrong_mutex (i64.const -1)) (then (return (i32.const 22))))
    (call $unlock (i64.const 16))))
