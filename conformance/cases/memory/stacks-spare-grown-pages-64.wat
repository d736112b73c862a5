;;! summary = "in a 64-bit memory, threads' stacks and the pages that the guest adds between the spawns do not meet"
;;! clauses = ["memory-7"]
;;! requires = ["spawn", "memory64"]
;;! [limits]
;;! stack-size = 16384
;;! [expect]
;;! return = ["i64:0"]
;;! threads = { spawned = 24 }
(module
  (import "env" "memory" (memory i64 2 256 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i64) (i64.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Whether a range of memory holds nothing but a byte.
  (func $is_all (param $at i64) (param $end i64) (param $byte i32) (result i32)
    (loop $more
      (if (i32.ne (i32.load8_u (local.get $at)) (local.get $byte)) (then (return (i32.const 0))))
      (br_if $more (i64.lt_u (local.tee $at (i64.add (local.get $at) (i64.const 1))) (local.get $end))))
    (i32.const 1))
  ;; Fills its stack with its number, says so at 16, and looks again when all are there, which the word at 20 tells.
  (func $child (param $me i64) (result i64) (local $low i64)
    (local.set $low (i64.sub (global.get $__stack_pointer) (i64.const 16384)))
    (memory.fill (local.get $low) (i32.wrap_i64 (local.get $me)) (i64.const 16384))
    (drop (i32.atomic.rmw.add (i64.const 16) (i32.const 1)))
    (drop (memory.atomic.notify (i64.const 16) (i32.const 1)))
    (drop (memory.atomic.wait32 (i64.const 20) (i32.const 0) (i64.const -1)))
    (i64.extend_i32_u
      (i32.eqz (call $is_all (local.get $low) (global.get $__stack_pointer) (i32.wrap_i64 (local.get $me))))))
  ;; With every spawn a page, full of 0xaa. Ids from 1024 on, the addresses of the pages from 2048 on, in eight bytes each.
  (func (export "main") (result i64) (local $i i64) (local $page i64) (local $now i32)
    (loop $more
      (if (call $spawn (i64.const 1) (i64.add (local.get $i) (i64.const 8)) (i64.const 0) (i64.add (i64.const 1024) (local.get $i)))
        (then (return (i64.const 1))))
      (local.set $page (memory.grow (i64.const 1)))
      (if (i64.eq (local.get $page) (i64.const -1)) (then (return (i64.const 2))))
      (local.set $page (i64.mul (local.get $page) (i64.const 65536)))
      (i64.store (i64.add (i64.const 2048) (local.get $i)) (local.get $page))
      (memory.fill (local.get $page) (i32.const 0xaa) (i64.const 65536))
      (br_if $more (i64.lt_u (local.tee $i (i64.add (local.get $i) (i64.const 8))) (i64.const 192))))
    (loop $again
      (local.set $now (i32.atomic.load (i64.const 16)))
      (if (i32.lt_u (local.get $now) (i32.const 24)) (then
        (drop (memory.atomic.wait32 (i64.const 16) (local.get $now) (i64.const -1)))
        (br $again))))
    (i32.atomic.store (i64.const 20) (i32.const 1))
    (drop (memory.atomic.notify (i64.const 20) (i32.const -1)))
    (loop $more
      (local.set $i (i64.sub (local.get $i) (i64.const 8)))
      (local.set $page (i64.load (i64.add (i64.const 2048) (local.get $i))))
      (if (i32.eqz (call $is_all (local.get $page) (i64.add (local.get $page) (i64.const 65536)) (i32.const 0xaa)))
        (then (return (i64.const 3))))
      (if (call $join (i32.load (i64.add (i64.const 1024) (local.get $i))) (i64.const -1) (i64.const 32))
        (then (return (i64.const 4))))
      (if (i64.ne (i64.load (i64.const 32)) (i64.const 0)) (then (return (i64.const 5))))
      (br_if $more (i64.ne (local.get $i) (i64.const 0))))
    (i64.const 0)))
