;;! summary = "four threads that grow at once each get pages that are zero and no other thread's, and no page is lost"
;;! clauses = ["memory-4", "memory-5"]
;;! requires = ["spawn"]
;;! repeat = 3
;;! [expect]
;;! return = ["i32:65"]
(module
  (import "env" "memory" (memory 1 80 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The ids from 16 on; 64 is the start signal. Each child grows 16 times by a page, whose first word it takes from 0 to its number; its
  ;; pages' numbers are in 64 bytes of its own from 1024 on, and at the end each is still the child's.
  (func $child (param $me i32) (result i32) (local $at i32) (local $end i32) (local $page i32)
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
    (local.set $at (i32.add (i32.const 1024) (i32.mul (local.get $me) (i32.const 64))))
    (local.set $end (i32.add (local.get $at) (i32.const 64)))
    (loop $more
      (local.set $page (memory.grow (i32.const 1)))
      (i32.store (local.get $at) (local.get $page))
      (local.set $page (i32.mul (local.get $page) (i32.const 65536)))
      (if (i32.atomic.rmw.cmpxchg (local.get $page) (i32.const 0) (local.get $me)) (then unreachable))
      (if (i64.ne (i64.load offset=65528 (local.get $page)) (i64.const 0)) (then unreachable))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (local.get $end))))
    (loop $more
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (local.set $page (i32.mul (i32.load (local.get $at)) (i32.const 65536)))
      (if (i32.ne (i32.atomic.load (local.get $page)) (local.get $me)) (then unreachable))
      (br_if $more (i32.gt_u (local.get $at) (i32.sub (local.get $end) (i32.const 64)))))
    (i32.const 0))
  (func (export "main") (result i32) (local $i i32)
    (loop $more
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (if (call $spawn (i32.const 1) (local.get $i) (i32.const 0) (i32.add (i32.const 16) (i32.mul (local.get $i) (i32.const 4))))
        (then unreachable))
      (br_if $more (i32.lt_u (local.get $i) (i32.const 4))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 64) (i32.const -1)))
    (loop $more
      (if (call $join (i32.load (i32.add (i32.const 16) (i32.mul (local.get $i) (i32.const 4)))) (i64.const -1) (i32.const 0))
        (then unreachable))
      (br_if $more (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
    (memory.size)))
