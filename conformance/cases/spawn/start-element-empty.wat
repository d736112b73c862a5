;;! summary = "a start function whose table element is empty traps on the new thread"
;;! clauses = ["spawn-9"]
;;! requires = ["spawn"]
;;! [expect]
;;! trap = { kind = "indirect-call-to-null", thread = 2 }
;;! threads = { spawned = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 4 funcref)
  (elem (i32.const 1) $start $other)
  (func $start (param i32) (result i32) (local.get 0))
  ;; Of no type that a thread can start with.
  (func $other (param i32 i32) (result i32) (local.get 0))
  (func (export "main") (result i32)
    ;; The spawn itself succeeds.
    (if (call $spawn (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 8)) (then (return (i32.const 1))))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
