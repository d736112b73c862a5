;;! summary = "a detached thread that has ended makes room for the next"
;;! clauses = ["detach-2"]
;;! requires = ["spawn"]
;;! [limits]
;;! max-threads = 2
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 30 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_detach" (func $detach (param i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32)
    (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
    (i32.const 0))
  ;; There may be one thread beside the main one: each must be gone before the next. AGAIN until it is.
  (func (export "main") (result i32)
    (local $number i32) (local $status i32)
    (loop $next
      (loop $again
        (call $yield)
        (br_if $again (i32.eq
          (local.tee $status (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)))
          (i32.const 1))))
      (if (local.get $status) (then (return (i32.const 1))))
      (if (call $detach (i32.load (i32.const 16))) (then (return (i32.const 2))))
      (br_if $next (i32.lt_u (local.tee $number (i32.add (local.get $number) (i32.const 1))) (i32.const 30))))
    ;; All of them run.
    (loop $again
      (call $yield)
      (br_if $again (i32.ne (i32.atomic.load (i32.const 8)) (i32.const 30))))
    (i32.const 0)))
