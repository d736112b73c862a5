;;! summary = "threads are spawned until their stacks fill the memory; as soon as one was joined, there is room for another"
;;! clauses = ["limits-7"]
;;! requires = ["spawn"]
;;! [limits]
;;! stack-size = 65536
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 2 20 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Each waits for a word of its own, 256 bytes past where its id is. In eighteen pages there is room for five stacks of a page, and not for
  ;; twenty. AGAIN is 1.
  (func $child (param $id i32) (result i32)
    (drop (memory.atomic.wait32 offset=256 (local.get $id) (i32.const 0) (i64.const -1)))
    (i32.const 0))
  (func $end (param $id i32) (result i32)
    (i32.atomic.store offset=256 (local.get $id) (i32.const 1))
    (drop (memory.atomic.notify offset=256 (local.get $id) (i32.const 1)))
    (call $join (i32.load (local.get $id)) (i64.const -1) (i32.const 0)))
  (func (export "main") (result i32) (local $at i32) (local $status i32)
    (local.set $at (i32.const 1024))
    (loop $more
      (local.set $status (call $spawn (i32.const 1) (local.get $at) (i32.const 0) (local.get $at)))
      (if (i32.eqz (local.get $status)) (then
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br_if $more (i32.lt_u (local.get $at) (i32.const 1104))))))
    (if (i32.ne (local.get $status) (i32.const 1)) (then (return (i32.const 1))))
    (if (i32.lt_u (local.get $at) (i32.const 1044)) (then (return (i32.const 2))))
    (if (call $end (i32.const 1024)) (then (return (i32.const 3))))
    (i32.atomic.store (i32.const 1280) (i32.const 0))
    (if (call $spawn (i32.const 1) (i32.const 1024) (i32.const 0) (i32.const 1024)) (then (return (i32.const 4))))
    (loop $more
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $end (local.get $at)) (then (return (i32.const 5))))
      (br_if $more (i32.gt_u (local.get $at) (i32.const 1024))))
    (i32.const 0)))
