;;! summary = "with a 64-bit memory a value has 64 bits, a destructor gets all of them, and a key has 32"
;;! clauses = ["tls-4", "tls-8"]
;;! requires = ["spawn", "memory64"]
;;! [expect]
;;! return = ["i64:0x876543210fedcba9"]
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (import "raddle_v1" "tls_create" (func $create (param i64 i64) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i64) (result i32)))
  (import "raddle_v1" "tls_get" (func $get (param i32) (result i64)))
  (table 3 funcref)
  (elem (i32.const 1) $start $destroy)
  (func $start (param i64) (result i64)
    (if (call $set (i32.load (i64.const 8)) (i64.const 0x876543210fedcba9)) (then unreachable))
    (if (i64.ne (call $get (i32.load (i64.const 8))) (i64.const 0x876543210fedcba9)) (then unreachable))
    (i64.const 0))
  (func $destroy (param i64) (i64.store (i64.const 16) (local.get 0)))
  (func (export "main") (result i64)
    ;; The key at 8, and ones behind it.
    (i32.store (i64.const 12) (i32.const -1))
    (if (call $create (i64.const 2) (i64.const 8)) (then unreachable))
    (if (i32.ne (i32.load (i64.const 12)) (i32.const -1)) (then unreachable))
    (if (call $spawn (i64.const 1) (i64.const 0) (i64.const 0) (i64.const 24)) (then unreachable))
    (if (call $join (i32.load (i64.const 24)) (i64.const -1) (i64.const 0)) (then unreachable))
    (i64.load (i64.const 16))))
