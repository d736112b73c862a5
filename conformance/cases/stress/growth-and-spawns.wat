;;! summary = "thirty times, two threads add pages while main spawns thirty that fill their stacks"
;;! clauses = ["stress-11", "memory-7"]
;;! requires = ["spawn"]
;;! profile = "stress"
;;! timeout-ms = 120000
;;! repeat = 30
;;! [limits]
;;! stack-size = 16384
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 32 }
(module
  (import "env" "memory" (memory 2 256 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (table 3 funcref)
  (elem (i32.const 1) $grows $stays)
  ;; Whether a range of memory holds nothing but a byte.
  (func $is_all (param $at i32) (param $end i32) (param $byte i32) (result i32)
    (loop $more
      (if (i32.ne (i32.load8_u (local.get $at)) (local.get $byte)) (then (return (i32.const 0))))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end))))
    (i32.const 1))
  ;; Counts at 16 who is ready, and blocks until the word at 20 is set.
  (func $ready
    (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 16) (i32.const 1)))
    (drop (memory.atomic.wait32 (i32.const 20) (i32.const 0) (i64.const -1))))
  ;; Fills its stack with its number, and looks again when all are ready.
  (func $stays (param $me i32) (result i32) (local $low i32)
    (local.set $low (i32.sub (global.get $__stack_pointer) (i32.const 16384)))
    (memory.fill (local.get $low) (local.get $me) (i32.const 16384))
    (call $ready)
    (i32.eqz (call $is_all (local.get $low) (global.get $__stack_pointer) (local.get $me))))
  ;; Fills twenty pages with its number, each of which was zero, and looks again when all are ready. Their addresses are in 128 bytes
  ;; of its own.
  (func $grows (param $me i32) (result i32) (local $i i32) (local $page i32) (local $list i32)
    (local.set $list (i32.mul (local.get $me) (i32.const 128)))
    (loop $more
      (local.set $page (i32.mul (memory.grow (i32.const 1)) (i32.const 65536)))
      (if (i32.eqz (call $is_all (local.get $page) (i32.add (local.get $page) (i32.const 65536)) (i32.const 0)))
        (then (return (i32.const 1))))
      (memory.fill (local.get $page) (local.get $me) (i32.const 65536))
      (i32.store (i32.add (local.get $list) (local.get $i)) (local.get $page))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 80))))
    (call $ready)
    (loop $more
      (local.set $i (i32.sub (local.get $i) (i32.const 4)))
      (local.set $page (i32.load (i32.add (local.get $list) (local.get $i))))
      (if (i32.eqz (call $is_all (local.get $page) (i32.add (local.get $page) (i32.const 65536)) (local.get $me)))
        (then (return (i32.const 1))))
      (br_if $more (local.get $i)))
    (i32.const 0))
  ;; The ids from 1024 on; threads 100 and 101 grow.
  (func (export "main") (result i32) (local $i i32) (local $now i32)
    (if (call $spawn (i32.const 1) (i32.const 100) (i32.const 0) (i32.const 1144)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 101) (i32.const 0) (i32.const 1148)) (then unreachable))
    (loop $more
      (if (call $spawn (i32.const 2) (i32.add (local.get $i) (i32.const 1)) (i32.const 0)
          (i32.add (i32.const 1024) (i32.mul (local.get $i) (i32.const 4))))
        (then unreachable))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 30))))
    (loop $again
      (local.set $now (i32.atomic.load (i32.const 16)))
      (if (i32.lt_u (local.get $now) (i32.const 32)) (then
        (drop (memory.atomic.wait32 (i32.const 16) (local.get $now) (i64.const -1)))
        (br $again))))
    (i32.atomic.store (i32.const 20) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 20) (i32.const -1)))
    (local.set $i (i32.const 0))
    (loop $more
      (if (call $join (i32.load (i32.add (i32.const 1024) (i32.mul (local.get $i) (i32.const 4)))) (i64.const -1) (i32.const 12))
        (then unreachable))
      (if (i32.load (i32.const 12)) (then (return (i32.add (local.get $i) (i32.const 1)))))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 32))))
    (i32.const 0)))
