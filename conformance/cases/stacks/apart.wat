;;! summary = "twenty threads at once begin with aligned stack pointers that are a stack's size apart from each other"
;;! clauses = ["stacks-1"]
;;! requires = ["spawn"]
;;! [limits]
;;! stack-size = 32768
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 2 128 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The stack pointers from 1024 on, counted at 16; the ids from 2048 on; the word at 20 lets all end.
  (func $child (param $at i32) (result i32)
    (i32.store (local.get $at) (global.get $__stack_pointer))
    (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 16) (i32.const 1)))
    (drop (memory.atomic.wait32 (i32.const 20) (i32.const 0) (i64.const -1)))
    (i32.const 0))
  (func $distance (param $a i32) (param $b i32) (result i32)
    (select (i32.sub (local.get $a) (local.get $b)) (i32.sub (local.get $b) (local.get $a))
      (i32.gt_u (local.get $a) (local.get $b))))
  (func (export "main") (result i32) (local $a i32) (local $b i32) (local $now i32)
    (local.set $a (i32.const 1024))
    (loop $more
      (if (call $spawn (i32.const 1) (local.get $a) (i32.const 0) (i32.add (local.get $a) (i32.const 1024))) (then unreachable))
      (br_if $more (i32.lt_u (local.tee $a (i32.add (local.get $a) (i32.const 4))) (i32.const 1104))))
    (loop $again
      (local.set $now (i32.atomic.load (i32.const 16)))
      (if (i32.lt_u (local.get $now) (i32.const 20)) (then
        (drop (memory.atomic.wait32 (i32.const 16) (local.get $now) (i64.const -1)))
        (br $again))))
    ;; Main's own goes in front of the others.
    (i32.store (i32.const 1020) (global.get $__stack_pointer))
    (local.set $a (i32.const 1020))
    (loop $all
      (if (i32.and (i32.load (local.get $a)) (i32.const 15)) (then (return (i32.const 1))))
      (local.set $b (i32.add (local.get $a) (i32.const 4)))
      (loop $others
        (if (i32.lt_u (call $distance (i32.load (local.get $a)) (i32.load (local.get $b))) (i32.const 32768))
          (then (return (i32.const 2))))
        (br_if $others (i32.lt_u (local.tee $b (i32.add (local.get $b) (i32.const 4))) (i32.const 1104))))
      (br_if $all (i32.lt_u (local.tee $a (i32.add (local.get $a) (i32.const 4))) (i32.const 1100))))
    (i32.atomic.store (i32.const 20) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 20) (i32.const -1)))
    (loop $more
      (if (call $join (i32.load (i32.add (local.get $a) (i32.const 1024))) (i64.const -1) (i32.const 0)) (then unreachable))
      (br_if $more (i32.ge_u (local.tee $a (i32.sub (local.get $a) (i32.const 4))) (i32.const 1024))))
    (i32.const 0)))
