;;! summary = "two hundred detached children find a place among four threads, one after another"
;;! clauses = ["limits-1", "limits-2"]
;;! requires = ["spawn"]
;;! [limits]
;;! max-threads = 4
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 200 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Attributes at 32: 8 bytes, detached. Children are counted at 16. AGAIN is 1.
  (data (i32.const 32) "\08\00\00\00\01\00\00\00")
  (func $child (param i32) (result i32) (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
  (func (export "main") (result i32) (local $i i32) (local $status i32)
    (loop $more
      (local.set $status (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 0)))
      (if (i32.gt_u (local.get $status) (i32.const 1)) (then (return (i32.const 2))))
      (if (local.get $status)
        (then (call $yield))
        (else (local.set $i (i32.add (local.get $i) (i32.const 1)))))
      (br_if $more (i32.lt_u (local.get $i) (i32.const 200))))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.lt_u (i32.atomic.load (i32.const 16)) (i32.const 200))))
    (i32.const 0)))
