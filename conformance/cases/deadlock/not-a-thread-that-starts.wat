;;! summary = "a spawner that waits for its new thread at once, 200 times, is not deadlocked though that has not begun yet"
;;! clauses = ["deadlock-8"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 200 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The child sets the word at 64 to its argument.
  (func $child (param $round i32) (result i32)
    (i32.atomic.store (i32.const 64) (local.get $round))
    (drop (memory.atomic.notify (i32.const 64) (i32.const -1)))
    (i32.const 0))
  (func (export "main") (result i32) (local $round i32)
    (loop $more
      (if (call $spawn (i32.const 1) (i32.add (local.get $round) (i32.const 1)) (i32.const 0) (i32.const 8)) (then unreachable))
      (drop (memory.atomic.wait32 (i32.const 64) (local.get $round) (i64.const -1)))
      (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then unreachable))
      (br_if $more (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 200))))
    (i32.const 0)))
