;;! summary = "a thread that is spawned when the main thread was joined runs its own function, and neither the constructors nor the entry, nor are segments written again"
;;! clauses = ["exit-4", "init-2", "init-7", "spawn-1"]
;;! requires = ["spawn"]
;;! [limits]
;;! max-threads = 2
;;! [expect]
;;! exit = 0
;;! threads = { spawned = 21 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_exit" (func $thread_exit (param i32)))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (table 3 funcref)
  (elem (i32.const 1) $worker $child)
  (data (i32.const 64) "\16\00\00\00")
  ;; Calls of the constructors are counted at 16, those of the entry at 20.
  (func (export "__wasm_call_ctors") (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1))))
  ;; Adds to the word that the segment began.
  (func $child (param $x i32) (result i32)
    (i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 1)))
    (i32.mul (local.get $x) (i32.const 3)))
  ;; With two threads at most, each child is where the main thread, which is thread 1, was before.
  (func $worker (param i32) (result i32) (local $i i32)
    (if (call $join (i32.const 1) (i64.const -1) (i32.const 0)) (then unreachable))
    (loop $more
      (if (call $spawn (i32.const 2) (local.get $i) (i32.const 0) (i32.const 8)) (then (call $exit (i32.const 1))))
      (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then (call $exit (i32.const 2))))
      (if (i32.ne (i32.load (i32.const 12)) (i32.mul (local.get $i) (i32.const 3))) (then (call $exit (i32.const 3))))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 20))))
    (if (i32.ne (i32.load (i32.const 64)) (i32.const 42)) (then (call $exit (i32.const 4))))
    (if (i32.ne (i32.atomic.load (i32.const 16)) (i32.const 1)) (then (call $exit (i32.const 5))))
    (if (i32.ne (i32.atomic.load (i32.const 20)) (i32.const 1)) (then (call $exit (i32.const 6))))
    (call $exit (i32.const 0))
    unreachable)
  (func (export "main") (result i32)
    (drop (i32.atomic.rmw.add (i32.const 20) (i32.const 1)))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $thread_exit (i32.const 0))
    unreachable))
