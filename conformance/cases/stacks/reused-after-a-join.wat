;;! summary = "a hundred threads, one after another, each fill a stack of which the memory has room for few"
;;! clauses = ["stacks-6"]
;;! requires = ["spawn"]
;;! [limits]
;;! stack-size = 65536
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 100 }
(module
  (import "env" "memory" (memory 2 8 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_exit" (func $thread_exit (param i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Every second one leaves by thread_exit, with its stack pointer at the far end.
  (func $child (param $n i32) (result i32)
    (memory.fill (i32.sub (global.get $__stack_pointer) (i32.const 65536)) (local.get $n) (i32.const 65536))
    (if (i32.and (local.get $n) (i32.const 1)) (then
      (global.set $__stack_pointer (i32.sub (global.get $__stack_pointer) (i32.const 65536)))
      (call $thread_exit (i32.const 7))))
    (i32.const 7))
  (func (export "main") (result i32) (local $n i32)
    (loop $more
      (if (call $spawn (i32.const 1) (local.get $n) (i32.const 0) (i32.const 8)) (then (return (i32.const 1))))
      (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then (return (i32.const 2))))
      (if (i32.ne (i32.load (i32.const 12)) (i32.const 7)) (then (return (i32.const 3))))
      (br_if $more (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 100))))
    (i32.const 0)))
