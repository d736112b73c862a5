;;! summary = "a thread and its spawner each wait for what the other does after the spawn"
;;! clauses = ["spawn-4"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:3"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Sets the word at an address and wakes who waits for it.
  (func $set (param $at i32) (param $to i32)
    (i32.atomic.store (local.get $at) (local.get $to))
    (drop (memory.atomic.notify (local.get $at) (i32.const -1))))
  ;; The value of the word, once it is not 0.
  (func $get (param $at i32) (result i32)
    (drop (memory.atomic.wait32 (local.get $at) (i32.const 0) (i64.const -1)))
    (i32.atomic.load (local.get $at)))
  (func $start (param i32) (result i32)
    (call $set (i32.const 20) (i32.add (call $get (i32.const 16)) (i32.const 1)))
    (call $set (i32.const 28) (i32.add (call $get (i32.const 24)) (i32.const 1)))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $set (i32.const 16) (i32.const 1))
    (call $set (i32.const 24) (call $get (i32.const 20)))
    (call $get (i32.const 28))))
