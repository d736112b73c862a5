;;! summary = "many short waits take longer together than one may, which is no matter"
;;! clauses = ["limits-11"]
;;! requires = ["timed-wait"]
;;! profile = "full"
;;! timeout-ms = 60000
;;! [limits]
;;! max-wait-ms = 1000
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32) (local $i i32)
    (loop $more
      (if (i32.ne (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const 5_000_000)) (i32.const 2)) (then (return (i32.const 1))))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 250))))
    (i32.const 0)))
