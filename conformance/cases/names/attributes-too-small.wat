;;! summary = "attributes without room for their own size are refused, and nothing is started"
;;! clauses = ["names-8"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 0 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32) unreachable)
  (func (export "main") (result i32)
    (local $size i32)
    (loop $next
      (i32.store (i32.const 32) (local.get $size))
      ;; INVALID
      (if (i32.ne (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 0)) (i32.const 2))
        (then (return (i32.add (local.get $size) (i32.const 1)))))
      (br_if $next (i32.lt_u (local.tee $size (i32.add (local.get $size) (i32.const 1))) (i32.const 4))))
    (i32.const 0)))
