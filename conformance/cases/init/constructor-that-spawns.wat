;;! summary = "a constructor can spawn a thread, wait for it, and join it before main begins"
;;! clauses = ["init-13"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:42"]
;;! threads = { spawned = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param $x i32) (result i32)
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 64) (i32.const -1)))
    (i32.mul (local.get $x) (i32.const 2)))
  (func (export "__wasm_call_ctors")
    (if (call $spawn (i32.const 1) (i32.const 21) (i32.const 0) (i32.const 8)) (then unreachable))
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable)))
  (func (export "main") (result i32) (i32.load (i32.const 12))))
