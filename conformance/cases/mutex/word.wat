;;! summary = "the word is the owner's id while the mutex is held, and 0 when it is free; nothing beside it changes"
;;! clauses = ["mutex-2"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_id" (func $id (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; 0 if all is well.
  (func $start (param i32) (result i32)
    (i32.store (i32.const 1000) (i32.const 0x55555555))
    (i32.store (i32.const 1008) (i32.const 0x55555555))
    (if (i32.load (i32.const 1004)) (then (return (i32.const 1))))
    (if (call $lock (i32.const 1004) (i64.const -1)) (then (return (i32.const 2))))
    (if (i32.ne (i32.load (i32.const 1004)) (call $id)) (then (return (i32.const 3))))
    (if (call $unlock (i32.const 1004)) (then (return (i32.const 4))))
    (if (i32.load (i32.const 1004)) (then (return (i32.const 5))))
    (if (i32.ne (i32.load (i32.const 1000)) (i32.const 0x55555555)) (then (return (i32.const 6))))
    (if (i32.ne (i32.load (i32.const 1008)) (i32.const 0x55555555)) (then (return (i32.const 7))))
    (i32.const 0))
  (func (export "main") (result i32)
    (local $failed i32)
    (if (local.tee $failed (call $start (i32.const 0))) (then (return (local.get $failed))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 16)) (then unreachable))
    (i32.load (i32.const 16))))
