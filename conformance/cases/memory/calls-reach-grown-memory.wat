;;! summary = "ids, values, mutexes, waits and output work in pages that were added after both threads had begun"
;;! clauses = ["memory-3"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:42"]
;;! stdout = "hello"
(module
  (import "env" "memory" (memory 1 8 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $child $grandchild)
  (data $hello "hello")
  ;; From 65536 on are new pages. The mutex at 65536, which main holds until the child waits for it; a word to wait on at 65540; an id
  ;; at 65544, values at 65548 and 65552, a text at 65600.
  (func $grandchild (param $x i32) (result i32) (i32.mul (local.get $x) (i32.const 2)))
  (func $child (param i32) (result i32)
    (loop $not_yet (call $yield) (br_if $not_yet (i32.eqz (i32.atomic.load (i32.const 16)))))
    (if (call $lock (i32.const 65536) (i64.const -1)) (then unreachable))
    (if (call $unlock (i32.const 65536)) (then unreachable))
    (if (memory.atomic.wait32 (i32.const 65540) (i32.const 0) (i64.const -1)) (then unreachable))
    (if (call $write (i32.const 1) (i32.const 65600) (i32.const 5)) (then unreachable))
    (if (call $spawn (i32.const 2) (i32.const 21) (i32.const 0) (i32.const 65544)) (then unreachable))
    (if (call $join (i32.load (i32.const 65544)) (i64.const -1) (i32.const 65548)) (then unreachable))
    (i32.load (i32.const 65548)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (i32.ne (memory.grow (i32.const 1)) (i32.const 1)) (then unreachable))
    (memory.init $hello (i32.const 65600) (i32.const 0) (i32.const 5))
    (if (call $lock (i32.const 65536) (i64.const -1)) (then unreachable))
    (i32.atomic.store (i32.const 16) (i32.const 1))
    ;; WAITERS is the highest bit.
    (loop $not_yet (call $yield) (br_if $not_yet (i32.ge_s (i32.atomic.load (i32.const 65536)) (i32.const 0))))
    (if (call $unlock (i32.const 65536)) (then unreachable))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.eqz (memory.atomic.notify (i32.const 65540) (i32.const 1)))))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 65552)) (then unreachable))
    (i32.load (i32.const 65552))))
