;;! summary = "a new key has the value 0 on all threads, those too that were there before it"
;;! clauses = ["tls-2"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_get" (func $get (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Uses the key at 8 when the word at 12 says that it is there.
  (func $start (param i32) (result i32)
    (i32.atomic.store (i32.const 16) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 16) (i32.const -1)))
    (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))
    (if (call $get (i32.load (i32.const 8))) (then (return (i32.const 10))))
    (if (call $set (i32.load (i32.const 8)) (i32.const 6)) (then (return (i32.const 11))))
    (i32.ne (call $get (i32.load (i32.const 8))) (i32.const 6)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 20)) (then unreachable))
    (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1)))
    (if (call $create (i32.const 0) (i32.const 8)) (then (return (i32.const 1))))
    (if (call $get (i32.load (i32.const 8))) (then (return (i32.const 2))))
    (i32.atomic.store (i32.const 12) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 12) (i32.const -1)))
    (if (call $join (i32.load (i32.const 20)) (i64.const -1) (i32.const 24)) (then unreachable))
    (if (i32.load (i32.const 24)) (then (return (i32.load (i32.const 24)))))
    (call $get (i32.load (i32.const 8)))))
