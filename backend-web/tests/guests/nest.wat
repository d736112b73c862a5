;; A tree of threads, five levels deep, each of which spawns its children and blocks at once until they have ended. The last level meets at a barrier, so that
;; all of the tree is there at once. Returns how many were there: 2 + 4 + 8 + 16 + 192.
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $node)
  ;; How many children a thread of each level has; the main thread is of level 0.
  (data (i32.const 64) "\02\02\02\02\0c\00")
  (func $node (param $level i32) (result i32)
    (local $count i32) (local $ids i32) (local $sum i32)
    (local.set $count (i32.load8_u offset=64 (local.get $level)))
    (if (i32.eqz (local.get $count)) (then (call $meet) (return (i32.const 1))))
    ;; Room for the children's ids.
    (local.set $ids (i32.atomic.rmw.add (i32.const 12) (i32.const 64)))
    (loop $next
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (if (call $spawn
            (i32.const 1) (i32.add (local.get $level) (i32.const 1)) (i32.const 0)
            (i32.add (local.get $ids) (i32.shl (local.get $count) (i32.const 2))))
        (then unreachable))
      (br_if $next (local.get $count)))
    (local.set $count (i32.load8_u offset=64 (local.get $level)))
    (loop $next
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (if (call $join
            (i32.load (i32.add (local.get $ids) (i32.shl (local.get $count) (i32.const 2)))) (i64.const -1)
            (i32.add (local.get $ids) (i32.const 60)))
        (then unreachable))
      (local.set $sum (i32.add (local.get $sum) (i32.load offset=60 (local.get $ids))))
      (br_if $next (local.get $count)))
    (i32.add (local.get $sum) (i32.const 1)))
  ;; Those who have come are counted at 4; the last one opens the gate at 8.
  (func $meet
    (if (i32.eq (i32.atomic.rmw.add (i32.const 4) (i32.const 1)) (i32.const 191))
      (then
        (i32.atomic.store (i32.const 8) (i32.const 1))
        (drop (memory.atomic.notify (i32.const 8) (i32.const -1))))
      (else (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1))))))
  (func (export "main") (result i32)
    (i32.store (i32.const 12) (i32.const 1024))
    (i32.sub (call $node (i32.const 0)) (i32.const 1))))
