;; Writes to each page of a memory of 16 MiB, so that a browser has to have it, in two threads.
(module
  (import "env" "memory" (memory 256 256 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param $page i32) (result i32)
    (loop $next
      (i32.store offset=1024 (i32.shl (local.get $page) (i32.const 16)) (i32.const 1))
      (br_if $next (i32.lt_u (local.tee $page (i32.add (local.get $page) (i32.const 1))) (i32.const 256))))
    (local.get $page))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 16)) (then unreachable))
    (i32.load (i32.const 16))))
