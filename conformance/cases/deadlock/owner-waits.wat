;;! summary = "the owner of the mutex that a thread waits for waits for a notify: it is named, and that is not a cycle"
;;! clauses = ["deadlock-2", "deadlock-3"]
;;! requires = ["spawn", "deadlock-report"]
;;! [expect.deadlock]
;;! threads = [{ id = 1, for = "mutex", address = 16, owner = 2 }, { id = 2, for = "memory", address = 64 }]
;;! cycles = []
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param i32) (result i32)
    (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
    (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.eqz (i32.atomic.load (i32.const 16)))))
    (call $lock (i32.const 16) (i64.const -1))))
