;;! summary = "a thread that looks from time to time, on a condition variable that is never notified, keeps the process going"
;;! clauses = ["deadlock-5"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "cond_wait" (func $cond_wait (param i32 i32 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $watchdog)
  ;; The mutex at 16, the condition variable at 20. Main waits on 64. TIMED_OUT is 6.
  (func $watchdog (param $rounds i32) (result i32)
    (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
    (loop $more
      (if (i32.ne (call $cond_wait (i32.const 20) (i32.const 16) (i64.const 3_000_000)) (i32.const 6)) (then unreachable))
      (br_if $more (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 64) (i32.const -1)))
    (call $unlock (i32.const 16)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 10) (i32.const 0) (i32.const 8)) (then unreachable))
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
