;;! summary = "threads that live at the same time have different ids, from 1 to 536870911"
;;! clauses = ["spawn-5", "spawn-6", "spawn-7"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 32 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_id" (func $id (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Lives until the word at 8 is set, and returns its id.
  (func $start (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (call $id))
  (func (export "main") (result i32)
    (local $at i32) (local $other i32)
    (if (i32.ne (call $id) (i32.const 1)) (then (return (i32.const 1))))
    ;; The ids of all at 256, the main thread's first.
    (i32.store (i32.const 256) (i32.const 1))
    (local.set $at (i32.const 260))
    (loop $next
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (local.get $at)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 388))))
    ;; Each is in the range and is none of those before it.
    (local.set $at (i32.const 260))
    (loop $next
      (if (i32.gt_u (i32.sub (i32.load (local.get $at)) (i32.const 1)) (i32.const 536870910)) (then (return (i32.const 2))))
      (local.set $other (i32.const 256))
      (loop $before
        (if (i32.eq (i32.load (local.get $other)) (i32.load (local.get $at))) (then (return (i32.const 3))))
        (br_if $before (i32.lt_u (local.tee $other (i32.add (local.get $other) (i32.const 4))) (local.get $at))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 388))))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
    ;; On the thread itself it is the same.
    (local.set $at (i32.const 260))
    (loop $next
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 16)) (then unreachable))
      (if (i32.ne (i32.load (i32.const 16)) (i32.load (local.get $at))) (then (return (i32.const 4))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 388))))
    (i32.const 0)))
