;;! summary = "32 threads are joined in the opposite order, and each gives its own value"
;;! clauses = ["join-1"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32) (i32.sub (i32.const 0) (local.get 0)))
  (func (export "main") (result i32)
    (local $at i32)
    ;; The ids at 256; a thread's argument is where its id is.
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $spawn (i32.const 1) (local.get $at) (i32.const 0) (local.get $at)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 384))))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 8)) (then unreachable))
      (if (i32.ne (i32.load (i32.const 8)) (i32.sub (i32.const 0) (local.get $at))) (then (return (local.get $at))))
      (br_if $next (i32.gt_u (local.get $at) (i32.const 256))))
    (i32.const 0)))
