;;! summary = "a thread finds its own id where its spawner asked for it"
;;! clauses = ["spawn-2", "spawn-5"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 200 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_id" (func $id (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Its first act is to look: 0 if the id at 8 is its own.
  (func $start (param i32) (result i32) (i32.ne (i32.atomic.load (i32.const 8)) (call $id)))
  (func (export "main") (result i32)
    (local $round i32)
    (loop $next
      (i32.atomic.store (i32.const 8) (i32.const 0))
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
      (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 16)) (then unreachable))
      (if (i32.load (i32.const 16)) (then (return (i32.const 1))))
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 200))))
    (i32.const 0)))
