;;! summary = "one thread too many is refused, and there is room again when one was joined"
;;! clauses = ["spawn-11"]
;;! requires = ["spawn"]
;;! [limits]
;;! max-threads = 3
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 3 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Lives until the word at 8 is set, and adds its argument to the sum at 12.
  (func $start (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (i32.atomic.rmw.add (i32.const 12) (local.get 0)))
  (func $spawn_with (param $arg i32) (param $out i32) (result i32)
    (call $spawn (i32.const 1) (local.get $arg) (i32.const 0) (local.get $out)))
  (func $join_at (param $out i32) (result i32)
    (call $join (i32.load (local.get $out)) (i64.const -1) (i32.const 0)))
  (func (export "main") (result i32)
    (if (call $spawn_with (i32.const 1) (i32.const 16)) (then (return (i32.const 1))))
    (if (call $spawn_with (i32.const 2) (i32.const 20)) (then (return (i32.const 2))))
    ;; AGAIN, and no id is stored.
    (i32.store (i32.const 24) (i32.const 1234))
    (if (i32.ne (call $spawn_with (i32.const 100) (i32.const 24)) (i32.const 1)) (then (return (i32.const 3))))
    (if (i32.ne (i32.load (i32.const 24)) (i32.const 1234)) (then (return (i32.const 4))))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
    (if (call $join_at (i32.const 16)) (then (return (i32.const 5))))
    (if (call $spawn_with (i32.const 4) (i32.const 24)) (then (return (i32.const 6))))
    (if (call $join_at (i32.const 20)) (then (return (i32.const 7))))
    (if (call $join_at (i32.const 24)) (then (return (i32.const 8))))
    ;; The one that was refused has not run.
    (if (i32.ne (i32.atomic.load (i32.const 12)) (i32.const 7)) (then (return (i32.const 9))))
    (i32.const 0)))
