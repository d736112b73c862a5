;;! summary = "while a thread is being joined no other thread can join or detach it, and it is the first joiner's"
;;! clauses = ["join-13", "join-8"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_detach" (func $detach (param i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 3 funcref)
  (elem (i32.const 1) $lives $joins)
  ;; Lives until the word at 8 is set.
  (func $lives (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (i32.const 77))
  ;; Returns the value of the thread that it joins.
  (func $joins (param i32) (result i32)
    (if (call $join (local.get 0) (i64.const -1) (i32.const 24)) (then unreachable))
    (i32.load (i32.const 24)))
  (func (export "main") (result i32)
    (local $lives i32) (local $status i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 12)) (then unreachable))
    (local.set $lives (i32.load (i32.const 12)))
    (if (call $spawn (i32.const 2) (local.get $lives) (i32.const 0) (i32.const 16)) (then unreachable))
    ;; TIMED_OUT until the other joins.
    (loop $again
      (call $yield)
      (br_if $again (i32.eq (local.tee $status (call $join (local.get $lives) (i64.const 0) (i32.const 0))) (i32.const 6))))
    ;; INVALID from then on.
    (if (i32.ne (local.get $status) (i32.const 2)) (then (return (i32.const 1))))
    (if (i32.ne (call $join (local.get $lives) (i64.const -1) (i32.const 0)) (i32.const 2)) (then (return (i32.const 2))))
    (if (i32.ne (call $detach (local.get $lives)) (i32.const 2)) (then (return (i32.const 3))))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then (return (i32.const 4))))
    (if (i32.ne (i32.load (i32.const 20)) (i32.const 77)) (then (return (i32.const 5))))
    ;; NO_THREAD: the other has joined it.
    (if (i32.ne (call $join (local.get $lives) (i64.const -1) (i32.const 0)) (i32.const 3)) (then (return (i32.const 6))))
    (i32.const 0)))
