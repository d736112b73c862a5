;;! summary = "with a 64-bit memory a thread's argument and value have 64 bits, and its id has 32"
;;! clauses = ["spawn-2", "spawn-12", "join-4"]
;;! requires = ["spawn", "memory64"]
;;! [expect]
;;! return = ["i64:0x123456789abcdef1"]
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $plus_one)
  (func $plus_one (param i64) (result i64) (i64.add (local.get 0) (i64.const 1)))
  (func (export "main") (result i64)
    ;; The id at 8, and ones behind it; the value at 16, and ones behind it.
    (i32.store (i64.const 12) (i32.const -1))
    (i32.store (i64.const 24) (i32.const -1))
    (if (call $spawn (i64.const 1) (i64.const 0x123456789abcdef0) (i64.const 0) (i64.const 8)) (then unreachable))
    (if (call $join (i32.load (i64.const 8)) (i64.const -1) (i64.const 16)) (then unreachable))
    (if (i32.ne (i32.load (i64.const 12)) (i32.const -1)) (then unreachable))
    (if (i32.ne (i32.load (i64.const 24)) (i32.const -1)) (then unreachable))
    (i64.load (i64.const 16))))
