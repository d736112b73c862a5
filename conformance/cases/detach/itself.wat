;;! summary = "a thread can detach itself, and another thread that is not its own"
;;! clauses = ["detach-4", "detach-1"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_detach" (func $detach (param i32) (result i32)))
  (import "raddle_v1" "thread_id" (func $id (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $lives $detaches)
  ;; Lives until the word at 8 is set.
  (func $lives (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (i32.const 0))
  ;; Detaches its sibling and itself, says so, and lives on.
  (func $detaches (param $sibling i32) (result i32)
    (if (call $detach (local.get $sibling)) (then unreachable))
    (if (call $detach (call $id)) (then unreachable))
    (i32.atomic.store (i32.const 12) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 12) (i32.const -1)))
    (call $lives (i32.const 0)))
  (func (export "main") (result i32)
    (local $first i32) (local $second i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (local.set $first (i32.load (i32.const 16)))
    (if (call $spawn (i32.const 2) (local.get $first) (i32.const 0) (i32.const 16)) (then unreachable))
    (local.set $second (i32.load (i32.const 16)))
    (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))
    ;; INVALID
    (if (i32.ne (call $join (local.get $first) (i64.const -1) (i32.const 0)) (i32.const 2)) (then (return (i32.const 1))))
    (if (i32.ne (call $join (local.get $second) (i64.const -1) (i32.const 0)) (i32.const 2)) (then (return (i32.const 2))))
    ;; The end of the main thread is the end of both.
    (i32.const 0)))
