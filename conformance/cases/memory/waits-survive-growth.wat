;;! summary = "threads that wait in the first and in the last page are woken after the memory grew to many times its size"
;;! clauses = ["memory-10"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 2 256 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Waits once, and says so just before at the next word.
  (func $child (param $at i32) (result i32)
    (i32.atomic.store offset=4 (local.get $at) (i32.const 1))
    (memory.atomic.wait32 (local.get $at) (i32.const 0) (i64.const -1)))
  (func $wake (param $at i32)
    (loop $not_yet (call $yield) (br_if $not_yet (i32.eqz (memory.atomic.notify (local.get $at) (i32.const -1))))))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 1024) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0x1fff8) (i32.const 0) (i32.const 12)) (then unreachable))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.eqz (i32.atomic.load (i32.const 1028)))))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.eqz (i32.atomic.load (i32.const 0x1fffc)))))
    (if (i32.ne (memory.grow (i32.const 200)) (i32.const 2)) (then unreachable))
    (call $wake (i32.const 1024))
    (call $wake (i32.const 0x1fff8))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 16)) (then unreachable))
    (if (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 20)) (then unreachable))
    ;; 0 is woken.
    (i32.add (i32.load (i32.const 16)) (i32.load (i32.const 20)))))
