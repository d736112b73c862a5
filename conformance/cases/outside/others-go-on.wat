;;! summary = "threads go on and write to the other stream while one waits to write"
;;! clauses = ["outside-3"]
;;! requires = ["spawn", "outside"]
;;! [embedder]
;;! stderr-full = true
;;! [expect]
;;! return = ["i32:0"]
;;! stdout = "readyreadyready"
;;! threads = { spawned = 4 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $blocks $writes)
  (data (i32.const 32) "lost") (data (i32.const 40) "ready")
  ;; Standard error takes nothing. The word at 16 says how many threads are about to write to it.
  (func $blocks (param i32) (result i32)
    (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
    (call $write (i32.const 2) (i32.const 32) (i32.const 4)))
  (func $await (param $count i32)
    (loop $not_yet (if (i32.lt_u (i32.atomic.load (i32.const 16)) (local.get $count)) (then (call $yield) (br $not_yet)))))
  (func $writes (param i32) (result i32) (call $write (i32.const 1) (i32.const 40) (i32.const 5)))
  (func (export "main") (result i32)
    (local $left i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $await (i32.const 1))
    (local.set $left (i32.const 3))
    (loop $again
      (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 12)) (then unreachable))
      (if (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 20)) (then unreachable))
      (if (i32.load (i32.const 20)) (then unreachable))
      (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (i32.const 0)))
