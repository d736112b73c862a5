;;! summary = "when a thread returns, its destructors run on it, each once, with the value that is then 0"
;;! clauses = ["tls-8"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_id" (func $id (result i32)))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_get" (func $get (param i32) (result i32)))
  (table 4 funcref)
  (elem (i32.const 1) $start $first $second)
  ;; Two keys at 8 and 12, with the values 5 and 70.
  (func $start (param i32) (result i32)
    (if (call $set (i32.load (i32.const 8)) (i32.const 5)) (then unreachable))
    (if (call $set (i32.load (i32.const 12)) (i32.const 70)) (then unreachable))
    (i32.const 77))
  ;; Adds the value to the sum at 16 and the thread's id to that at 20, if the key has no value any more.
  (func $note (param $key i32) (param $value i32)
    (if (call $get (local.get $key)) (then unreachable))
    (drop (i32.atomic.rmw.add (i32.const 16) (local.get $value)))
    (drop (i32.atomic.rmw.add (i32.const 20) (call $id))))
  (func $first (param i32) (call $note (i32.load (i32.const 8)) (local.get 0)))
  (func $second (param i32) (call $note (i32.load (i32.const 12)) (i32.mul (local.get 0) (i32.const 10))))
  (func (export "main") (result i32)
    (if (call $create (i32.const 2) (i32.const 8)) (then (return (i32.const 1))))
    (if (call $create (i32.const 3) (i32.const 12)) (then (return (i32.const 2))))
    ;; The main thread's values are its own.
    (if (call $set (i32.load (i32.const 8)) (i32.const 1000)) (then (return (i32.const 3))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 24)) (then unreachable))
    (if (call $join (i32.load (i32.const 24)) (i64.const -1) (i32.const 28)) (then (return (i32.const 4))))
    (if (i32.ne (i32.load (i32.const 28)) (i32.const 77)) (then (return (i32.const 5))))
    (if (i32.ne (i32.load (i32.const 16)) (i32.const 705)) (then (return (i32.const 6))))
    (if (i32.ne (i32.load (i32.const 20)) (i32.mul (i32.load (i32.const 24)) (i32.const 2))) (then (return (i32.const 7))))
    (i32.const 0)))
