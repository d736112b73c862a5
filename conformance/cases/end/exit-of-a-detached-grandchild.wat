;;! summary = "an exit of a detached thread that a child spawned ends the process"
;;! clauses = ["end-1"]
;;! requires = ["spawn"]
;;! [expect]
;;! exit = 7
;;! threads = { spawned = 2 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (table 3 funcref)
  (elem (i32.const 1) $child $grandchild)
  ;; Attributes at 32: 8 bytes, detached.
  (data (i32.const 32) "\08\00\00\00\01\00\00\00")
  (func $stay (loop $again (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1))) (br $again)))
  (func $child (param i32) (result i32)
    (if (call $spawn (i32.const 2) (i32.const 7) (i32.const 32) (i32.const 0)) (then unreachable))
    (call $stay)
    unreachable)
  (func $grandchild (param $code i32) (result i32)
    (call $exit (local.get $code))
    unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (call $stay)
    (i32.const 0)))
