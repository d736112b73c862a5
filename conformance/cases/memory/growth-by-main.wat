;;! summary = "a child that runs already uses the pages that main adds, and sees the new size after its next call"
;;! clauses = ["memory-2"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:45"]
(module
  (import "env" "memory" (memory 1 8 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The child says at 16 that it runs, and learns at 20 where the new pages are. It returns a word from there, at once, and the size, after a call.
  (func $child (param i32) (result i32) (local $at i32)
    (i32.atomic.store (i32.const 16) (i32.const 1))
    (loop $not_yet
      (call $yield)
      (br_if $not_yet (i32.eqz (local.tee $at (i32.atomic.load (i32.const 20))))))
    (i32.load offset=0x1fffc (local.get $at))
    (call $yield)
    (i32.add (memory.size)))
  (func (export "main") (result i32) (local $at i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.eqz (i32.atomic.load (i32.const 16)))))
    (local.set $at (i32.mul (memory.grow (i32.const 2)) (i32.const 65536)))
    (i32.store offset=0x1fffc (local.get $at) (i32.const 42))
    (i32.atomic.store (i32.const 20) (local.get $at))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (i32.load (i32.const 12))))
