;;! summary = "a spawn whose `out` is 0 starts the thread and stores its id nowhere"
;;! clauses = ["spawn-3"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_id" (func $id (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Tells its id at 16.
  (func $start (param i32) (result i32)
    (i32.atomic.store (i32.const 16) (call $id))
    (drop (memory.atomic.notify (i32.const 16) (i32.const 1)))
    (i32.const 0))
  (func (export "main") (result i32)
    (i32.store (i32.const 0) (i32.const 1234))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1)))
    (if (call $join (i32.atomic.load (i32.const 16)) (i64.const -1) (i32.const 0)) (then (return (i32.const 1))))
    ;; Neither the id nor the value went to address 0.
    (if (i32.ne (i32.load (i32.const 0)) (i32.const 1234)) (then (return (i32.const 2))))
    (i32.const 0)))
