;;! summary = "all but one thread wait for ever, and that one makes calls that do not block, and then wakes the others"
;;! clauses = ["deadlock-7"]
;;! requires = ["spawn"]
;;! timeout-ms = 60000
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $waits $calls)
  (func $waits (param i32) (result i32) (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
  ;; Main holds the mutex at 16. BUSY is 5, TIMED_OUT is 6.
  (func $calls (param $i i32) (result i32)
    (loop $more
      (call $yield)
      (if (i32.ne (call $lock (i32.const 16) (i64.const 0)) (i32.const 5)) (then unreachable))
      (if (i32.ne (call $join (i32.const 1) (i64.const 0) (i32.const 0)) (i32.const 6)) (then unreachable))
      (if (i32.ne (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const 0)) (i32.const 2)) (then unreachable))
      (br_if $more (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 64) (i32.const -1)))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 2) (i32.const 200) (i32.const 0) (i32.const 0)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
