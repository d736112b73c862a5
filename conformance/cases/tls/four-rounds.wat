;;! summary = "a destructor that always sets a new value is called four times"
;;! clauses = ["tls-10"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:4321"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $start $again)
  ;; The key is at 8.
  (func $start (param i32) (result i32) (call $set (i32.load (i32.const 8)) (i32.const 1)))
  ;; Writes the value as a digit before those that are there, and sets the next one.
  (func $again (param i32)
    (if (i32.eqz (i32.load (i32.const 16))) (then (i32.store (i32.const 16) (i32.const 1))))
    (i32.store (i32.const 12)
      (i32.add (i32.load (i32.const 12)) (i32.mul (local.get 0) (i32.load (i32.const 16)))))
    (i32.store (i32.const 16) (i32.mul (i32.load (i32.const 16)) (i32.const 10)))
    (if (call $set (i32.load (i32.const 8)) (i32.add (local.get 0) (i32.const 1))) (then unreachable)))
  (func (export "main") (result i32)
    (if (call $create (i32.const 2) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 20)) (then unreachable))
    (if (call $join (i32.load (i32.const 20)) (i64.const -1) (i32.const 24)) (then unreachable))
    (if (i32.load (i32.const 24)) (then unreachable))
    (i32.load (i32.const 12))))
