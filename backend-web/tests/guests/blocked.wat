;; The function `many` spawns so many threads that wait for ever; the last one that has begun says so. The main thread sleeps for an hour: nobody is
;; deadlocked. The function `wait` waits itself, until it is woken.
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (data (i32.const 64) "ready\n")
  (func $start (param $all i32) (result i32)
    (if (i32.eq (i32.atomic.rmw.add (i32.const 4) (i32.const 1)) (i32.sub (local.get $all) (i32.const 1)))
      (then (drop (call $write (i32.const 1) (i32.const 64) (i32.const 6)))))
    (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1)))
    (i32.const 0))
  (func (export "wait") (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1))))
  (func (export "main") (call $many (i32.const 0)))
  (func $many (export "many") (param $all i32)
    (local $count i32)
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $count) (local.get $all)))
        (if (call $spawn (i32.const 1) (local.get $all) (i32.const 0) (i32.const 8)) (then unreachable))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br $next)))
    (drop (call $sleep (i64.const 3600000000000)))))
