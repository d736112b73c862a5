;;! summary = "in a 64-bit memory a child that runs already uses the pages that main adds, and sees the new size after its next call"
;;! clauses = ["memory-2", "memory-4"]
;;! requires = ["spawn", "memory64"]
;;! [expect]
;;! return = ["i64:45"]
(module
  (import "env" "memory" (memory i64 1 8 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The child says at 16 that it runs, and learns at 24 where the new pages are. It returns a word from there, at once, and the size, after a call.
  (func $child (param i64) (result i64) (local $at i64)
    (i32.atomic.store (i64.const 16) (i32.const 1))
    (loop $not_yet
      (call $yield)
      (br_if $not_yet (i64.eqz (local.tee $at (i64.atomic.load (i64.const 24))))))
    (i64.load offset=0x1fff8 (local.get $at))
    (call $yield)
    (i64.add (memory.size)))
  (func (export "main") (result i64) (local $at i64)
    (if (call $spawn (i64.const 1) (i64.const 0) (i64.const 0) (i64.const 8)) (then unreachable))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.eqz (i32.atomic.load (i64.const 16)))))
    (if (i64.ne (memory.grow (i64.const 0x1_0000_0000)) (i64.const -1)) (then unreachable))
    (local.set $at (i64.mul (memory.grow (i64.const 2)) (i64.const 65536)))
    (i64.store offset=0x1fff8 (local.get $at) (i64.const 42))
    (i64.atomic.store (i64.const 24) (local.get $at))
    (if (call $join (i32.load (i64.const 8)) (i64.const -1) (i64.const 32)) (then unreachable))
    (i64.load (i64.const 32))))
