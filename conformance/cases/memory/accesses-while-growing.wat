;;! summary = "two threads add to a word while main adds a hundred pages: no addition is lost"
;;! clauses = ["memory-11"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 2 128 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Adds to the word at 0x10000 and, without atomics, to one of its own, until the word at 16 is set; counts at 20 that it runs, and
  ;; returns how often it added, or 0 if its own word says otherwise.
  (func $child (param $own i32) (result i32) (local $i i32)
    (drop (i32.atomic.rmw.add (i32.const 20) (i32.const 1)))
    (loop $more
      (drop (i32.atomic.rmw.add (i32.const 0x10000) (i32.const 1)))
      (i32.store (local.get $own) (i32.add (i32.load (local.get $own)) (i32.const 1)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $more (i32.eqz (i32.atomic.load (i32.const 16)))))
    (if (i32.ne (i32.load (local.get $own)) (local.get $i)) (then (return (i32.const 0))))
    (local.get $i))
  (func (export "main") (result i32) (local $i i32)
    (if (call $spawn (i32.const 1) (i32.const 0x10040) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0x10080) (i32.const 0) (i32.const 12)) (then unreachable))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.lt_u (i32.atomic.load (i32.const 20)) (i32.const 2))))
    (loop $more
      (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))
      (call $yield)
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 100))))
    (i32.atomic.store (i32.const 16) (i32.const 1))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 24)) (then unreachable))
    (if (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 28)) (then unreachable))
    (i32.ne (i32.add (i32.load (i32.const 24)) (i32.load (i32.const 28))) (i32.atomic.load (i32.const 0x10000)))))
