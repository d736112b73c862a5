;;! summary = "after a thread_exit of main one thread waits for ever, and a detached one wakes it a while later"
;;! clauses = ["deadlock-7", "end-21"]
;;! requires = ["spawn"]
;;! timeout-ms = 60000
;;! [expect]
;;! return = []
;;! stdout = "woken"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "thread_exit" (func $thread_exit (param i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $waits $wakes)
  ;; Attributes at 32: 8 bytes, detached.
  (data (i32.const 32) "\08\00\00\00\01\00\00\00")
  (data (i32.const 48) "woken")
  (func $waits (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
    (call $write (i32.const 1) (i32.const 48) (i32.const 5)))
  (func $wakes (param $i i32) (result i32)
    (if (call $join (i32.const 1) (i64.const -1) (i32.const 0)) (then unreachable))
    (loop $more
      (call $yield)
      (br_if $more (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 64) (i32.const -1)))
    (i32.const 0))
  (func (export "main")
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (if (call $spawn (i32.const 2) (i32.const 200) (i32.const 32) (i32.const 0)) (then unreachable))
    (call $thread_exit (i32.const 0))))
