;;! summary = "an id is not used again while its thread may still be joined, though it has ended"
;;! clauses = ["spawn-7", "join-1"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Counts itself at 8 and ends with its argument.
  (func $start (param i32) (result i32)
    (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 8) (i32.const 1)))
    (local.get 0))
  (func (export "main") (result i32)
    (local $at i32) (local $other i32)
    ;; One after another, each once the one before has run; the ids at 256.
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $spawn (i32.const 1) (local.get $at) (i32.const 0) (local.get $at)) (then unreachable))
      (drop (memory.atomic.wait32
        (i32.const 8) (i32.shr_u (i32.sub (local.get $at) (i32.const 256)) (i32.const 2)) (i64.const -1)))
      (local.set $other (i32.const 256))
      (loop $before
        (if (i32.lt_u (local.get $other) (local.get $at)) (then
          (if (i32.eq (i32.load (local.get $other)) (i32.load (local.get $at))) (then (return (i32.const 1))))
          (local.set $other (i32.add (local.get $other) (i32.const 4)))
          (br $before))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 456))))
    ;; All can be joined, and each has its own value.
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 16)) (then (return (i32.const 2))))
      (if (i32.ne (i32.load (i32.const 16)) (local.get $at)) (then (return (i32.const 3))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 456))))
    (i32.const 0)))
