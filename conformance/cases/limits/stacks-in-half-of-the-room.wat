;;! summary = "a module that reads the size of its memory gets stacks in half of the room, and can grow by the other half"
;;! clauses = ["limits-7", "limits-8"]
;;! requires = ["spawn"]
;;! [limits]
;;! stack-size = 65536
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 2 22 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; There is room for twenty pages. The children live until the word at 16 is set; their ids from 1024 on. AGAIN is 1.
  (func $child (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1)))
    (i32.const 0))
  (func (export "main") (result i32) (local $count i32) (local $status i32) (local $size i32)
    (local.set $size (memory.size))
    (loop $more
      (local.set $status
        (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.add (i32.const 1024) (i32.mul (local.get $count) (i32.const 4)))))
      (if (i32.eqz (local.get $status)) (then
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br_if $more (i32.lt_u (local.get $count) (i32.const 25))))))
    (if (i32.ne (local.get $status) (i32.const 1)) (then (return (i32.const 1))))
    (if (i32.lt_u (local.get $count) (i32.const 5)) (then (return (i32.const 2))))
    (if (i32.gt_u (local.get $count) (i32.const 10)) (then (return (i32.const 3))))
    ;; The memory is as it was, and what is left of it is the guest's.
    (if (i32.ne (memory.size) (local.get $size)) (then (return (i32.const 4))))
    (if (i32.ne (memory.grow (i32.sub (i32.const 22) (local.get $size))) (local.get $size)) (then (return (i32.const 5))))
    (if (i32.lt_u (i32.sub (i32.const 22) (local.get $size)) (i32.const 10)) (then (return (i32.const 6))))
    (i32.atomic.store (i32.const 16) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 16) (i32.const -1)))
    (loop $more
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (if (call $join (i32.load (i32.add (i32.const 1024) (i32.mul (local.get $count) (i32.const 4)))) (i64.const -1) (i32.const 0))
        (then (return (i32.const 7))))
      (br_if $more (local.get $count)))
    (i32.const 0)))
