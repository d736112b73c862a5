;;! summary = "two threads wait for notifies at addresses of their own, one for a 64-bit word"
;;! clauses = ["deadlock-1", "deadlock-3"]
;;! requires = ["spawn", "deadlock-report"]
;;! [expect]
;;! deadlock = { threads = [{ id = 1, for = "memory", address = 256 }, { id = 2, for = "memory", address = 264 }], cycles = [] }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param i32) (result i32) (memory.atomic.wait32 offset=8 (local.get 0) (i32.const 0) (i64.const -1)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 256) (i32.const 0) (i32.const 0)) (then unreachable))
    (memory.atomic.wait64 (i32.const 256) (i64.const 0) (i64.const -1))))
