;; A thread calls imports of the embedder's own: `twice(20) + thread()`, which is 42 in thread 2.
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "own" "twice" (func $twice (param i32) (result i32)))
  (import "own" "thread" (func $thread (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param $number i32) (result i32) (i32.add (call $twice (local.get $number)) (call $thread)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 20) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 16)) (then unreachable))
    (i32.load (i32.const 16))))
