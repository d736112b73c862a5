;;! summary = "forty threads that fill their stacks and ten pages that the guest added between the spawns do not meet"
;;! clauses = ["memory-7"]
;;! requires = ["spawn"]
;;! [limits]
;;! stack-size = 16384
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 40 }
(module
  (import "env" "memory" (memory 2 256 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Whether a range of memory holds nothing but a byte.
  (func $is_all (param $at i32) (param $end i32) (param $byte i32) (result i32)
    (loop $more
      (if (i32.ne (i32.load8_u (local.get $at)) (local.get $byte)) (then (return (i32.const 0))))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end))))
    (i32.const 1))
  ;; Fills its stack with its number, says so at 16, and looks again when all are there, which the word at 20 tells.
  (func $child (param $me i32) (result i32) (local $low i32)
    (local.set $low (i32.sub (global.get $__stack_pointer) (i32.const 16384)))
    (memory.fill (local.get $low) (local.get $me) (i32.const 16384))
    (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 16) (i32.const 1)))
    (drop (memory.atomic.wait32 (i32.const 20) (i32.const 0) (i64.const -1)))
    (i32.eqz (call $is_all (local.get $low) (global.get $__stack_pointer) (local.get $me))))
  (func $await (param $count i32) (local $now i32)
    (loop $again
      (local.set $now (i32.atomic.load (i32.const 16)))
      (if (i32.lt_u (local.get $now) (local.get $count)) (then
        (drop (memory.atomic.wait32 (i32.const 16) (local.get $now) (i64.const -1)))
        (br $again)))))
  ;; After every fourth spawn a page, full of 0xaa. Ids from 1024 on, the addresses of the pages from 2048 on.
  (func (export "main") (result i32) (local $i i32) (local $page i32)
    (loop $more
      (if (call $spawn (i32.const 1) (i32.add (local.get $i) (i32.const 1)) (i32.const 0)
          (i32.add (i32.const 1024) (i32.mul (local.get $i) (i32.const 4))))
        (then (return (i32.const 1))))
      (if (i32.eqz (i32.and (local.get $i) (i32.const 3))) (then
        (local.set $page (memory.grow (i32.const 1)))
        (if (i32.eq (local.get $page) (i32.const -1)) (then (return (i32.const 2))))
        (local.set $page (i32.mul (local.get $page) (i32.const 65536)))
        (i32.store (i32.add (i32.const 2048) (local.get $i)) (local.get $page))
        (memory.fill (local.get $page) (i32.const 0xaa) (i32.const 65536))))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 40))))
    (call $await (i32.const 40))
    (loop $more
      (local.set $i (i32.sub (local.get $i) (i32.const 4)))
      (local.set $page (i32.load (i32.add (i32.const 2048) (local.get $i))))
      (if (i32.eqz (call $is_all (local.get $page) (i32.add (local.get $page) (i32.const 65536)) (i32.const 0xaa)))
        (then (return (i32.const 3))))
      (br_if $more (local.get $i)))
    (i32.atomic.store (i32.const 20) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 20) (i32.const -1)))
    (loop $more
      (if (call $join (i32.load (i32.add (i32.const 1024) (i32.mul (local.get $i) (i32.const 4)))) (i64.const -1) (i32.const 12))
        (then (return (i32.const 4))))
      (if (i32.load (i32.const 12)) (then (return (i32.const 5))))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 40))))
    (i32.const 0)))
