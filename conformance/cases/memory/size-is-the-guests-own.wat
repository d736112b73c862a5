;;! summary = "a module that reads the size of its memory sees it grow by its own growth alone, however many threads it spawns"
;;! clauses = ["memory-8"]
;;! requires = ["spawn"]
;;! [limits]
;;! max-threads = 30
;;! stack-size = 65536
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 2 128 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The threads live until the word at 16 is set. Main grows once, between the spawns. The ids from 1024 on.
  (func $child (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1)))
    (i32.const 0))
  (func (export "main") (result i32) (local $i i32) (local $size i32)
    (local.set $size (memory.size))
    (loop $more
      (if (i32.eq (local.get $i) (i32.const 15)) (then
        (if (i32.ne (memory.grow (i32.const 1)) (local.get $size)) (then (return (i32.const 1))))
        (local.set $size (i32.add (local.get $size) (i32.const 1)))))
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.add (i32.const 1024) (i32.mul (local.get $i) (i32.const 4))))
        (then (return (i32.const 2))))
      (if (i32.ne (memory.size) (local.get $size)) (then (return (i32.const 3))))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 29))))
    (i32.atomic.store (i32.const 16) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 16) (i32.const -1)))
    (loop $more
      (local.set $i (i32.sub (local.get $i) (i32.const 1)))
      (if (call $join (i32.load (i32.add (i32.const 1024) (i32.mul (local.get $i) (i32.const 4)))) (i64.const -1) (i32.const 0))
        (then (return (i32.const 4))))
      (br_if $more (local.get $i)))
    (i32.ne (memory.size) (local.get $size))))
