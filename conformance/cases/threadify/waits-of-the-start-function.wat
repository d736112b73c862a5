;;! summary = "the start function, and what it calls, can wait with a time-out of nought and notify, on main's instance and a child's"
;;! clauses = ["threadify-23"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:22"]
(module
  (import "env" "memory" (memory 1 4 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; What the waits answer, 1 and 2, is added up at 64: 3 for each instance in the start function, and as much in what it calls; and later
  ;; in the child 5 twice, by the same function.
  (func $wait (param $more i32)
    (drop (i32.atomic.rmw.add (i32.const 64) (memory.atomic.wait32 (i32.const 128) (i32.const 1) (i64.const 0))))
    (drop (i32.atomic.rmw.add (i32.const 64) (memory.atomic.wait64 offset=64 (i32.const 64) (i64.const 0) (i64.const 0))))
    (drop (i32.atomic.rmw.add (i32.const 64) (local.get $more)))
    (if (memory.atomic.notify (i32.const 128) (i32.const -1)) (then unreachable)))
  (func $start
    (drop (i32.atomic.rmw.add (i32.const 64) (memory.atomic.wait32 (i32.const 128) (i32.const 1) (i64.const 0))))
    (drop (i32.atomic.rmw.add (i32.const 64) (memory.atomic.wait64 offset=64 (i32.const 64) (i64.const 0) (i64.const 0))))
    (if (memory.atomic.notify (i32.const 128) (i32.const -1)) (then unreachable))
    (call $wait (i32.const 0)))
  (start $start)
  (func $child (param i32) (result i32)
    (call $wait (i32.const 2))
    (call $wait (i32.const 2))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then unreachable))
    (i32.load (i32.const 64))))
