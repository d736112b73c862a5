;;! summary = "a hundred detached threads find a stack, of which the memory has room for few, as soon as others have ended"
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
  (import "raddle_v1" "thread_yield" (func $yield))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Attributes at 32: 8 bytes, detached. Those that ran are counted at 16. AGAIN is 1.
  (data (i32.const 32) "\08\00\00\00\01\00\00\00")
  (func $child (param $n i32) (result i32)
    (memory.fill (i32.sub (global.get $__stack_pointer) (i32.const 65536)) (local.get $n) (i32.const 65536))
    (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
  (func (export "main") (result i32) (local $n i32) (local $status i32)
    (loop $more
      (local.set $status (call $spawn (i32.const 1) (local.get $n) (i32.const 32) (i32.const 0)))
      (if (i32.gt_u (local.get $status) (i32.const 1)) (then (return (i32.const 1))))
      (if (local.get $status)
        (then (call $yield))
        (else (local.set $n (i32.add (local.get $n) (i32.const 1)))))
      (br_if $more (i32.lt_u (local.get $n) (i32.const 100))))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.lt_u (i32.atomic.load (i32.const 16)) (i32.const 100))))
    (i32.const 0)))
