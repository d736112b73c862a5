;;! summary = "when the process is aborted no destructor runs, on no thread"
;;! clauses = ["tls-11"]
;;! requires = ["spawn"]
;;! [expect]
;;! abort = { thread = 1 }
;;! stdout = ""
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "process_abort" (func $abort (param i32 i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $start $tell)
  (data (i32.const 64) "mc")
  ;; Writes the letter at the value: the main thread's or the child's.
  (func $tell (param i32) (drop (call $write (i32.const 1) (local.get 0) (i32.const 1))))
  ;; Has a value, says so at 12, and waits for ever.
  (func $start (param i32) (result i32)
    (if (call $set (i32.load (i32.const 8)) (i32.const 65)) (then unreachable))
    (i32.atomic.store (i32.const 12) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 12) (i32.const -1)))
    (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1)))
  (func (export "main") (result i32)
    (if (call $create (i32.const 2) (i32.const 8)) (then unreachable))
    (if (call $set (i32.load (i32.const 8)) (i32.const 64)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 20)) (then unreachable))
    (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))
    (call $abort (i32.const 64) (i32.const 2))
    unreachable))
