;;! summary = "a thread has the name of its attributes from the start, whatever becomes of them after the spawn"
;;! clauses = ["names-1", "names-7"]
;;! requires = ["spawn"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 2, thread-name = "worker" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; The attributes at 32: size, flags, stack size, name and its length.
  (data (i32.const 32) "\14\00\00\00" "\00\00\00\00" "\00\00\00\00" "\40\00\00\00" "\06\00\00\00")
  (data (i32.const 64) "worker")
  ;; Traps once the word at 8 is set.
  (func $start (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 12)) (then (return (i32.const 1))))
    (memory.fill (i32.const 32) (i32.const 0xff) (i32.const 64))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
    (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 0))))
