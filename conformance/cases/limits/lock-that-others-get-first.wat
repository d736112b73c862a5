;;! summary = "a lock takes longer than it may, though its thread is woken long before, as somebody else is faster each time"
;;! clauses = ["limits-10"]
;;! requires = ["spawn", "timed-wait"]
;;! profile = "full"
;;! timeout-ms = 60000
;;! [limits]
;;! max-wait-ms = 100
;;! [expect]
;;! trap = { kind = "wait-limit", thread = 1, function = "blocks" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_id" (func $id (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The mutex at 16. Two children lock it in turns, inline: while one holds it the other looks all the time, and a thread that has to be
  ;; woken is hardly ever as fast.
  (func $child (param i32) (result i32) (local $i i32)
    (loop $more
      (loop $taken (br_if $taken (i32.atomic.rmw.cmpxchg (i32.const 16) (i32.const 0) (call $id))))
      (if (call $sleep (i64.const 20_000_000)) (then unreachable))
      (if (call $unlock (i32.const 16)) (then unreachable))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 250))))
    ;; Ten seconds later: main was woken, and woken.
    (call $exit (i32.const 1))
    unreachable)
  (func $blocks (result i32) (call $lock (i32.const 16) (i64.const -1)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    ;; Where it is the faster one after all, it tries again.
    (loop $again
      (loop $free (call $yield) (br_if $free (i32.eqz (i32.atomic.load (i32.const 16)))))
      (if (call $blocks) (then unreachable))
      (if (call $unlock (i32.const 16)) (then unreachable))
      (br $again))
    unreachable))
