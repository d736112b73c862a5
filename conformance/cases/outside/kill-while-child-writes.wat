;;! summary = "a kill ends the process while a child waits to write"
;;! clauses = ["outside-1", "end-5", "end-7"]
;;! requires = ["spawn", "kill", "outside"]
;;! [embedder]
;;! stderr-full = true
;;! kill-on-output = "ready"
;;! [expect]
;;! killed = true
;;! threads = { spawned = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $blocks)
  (data (i32.const 32) "lost") (data (i32.const 40) "ready")
  ;; Standard error takes nothing. The word at 16 says how many threads are about to write to it.
  (func $blocks (param i32) (result i32)
    (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
    (call $write (i32.const 2) (i32.const 32) (i32.const 4)))
  (func $await (param $count i32)
    (loop $not_yet (if (i32.lt_u (i32.atomic.load (i32.const 16)) (local.get $count)) (then (call $yield) (br $not_yet)))))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $await (i32.const 1))
    (drop (call $write (i32.const 1) (i32.const 40) (i32.const 5)))
    (loop $on (call $yield) (br $on))
    (i32.const 5)))
