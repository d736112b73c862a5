;;! summary = "an id that no thread ever had is refused, by a join with any time-out and by a detach"
;;! clauses = ["arguments-5"]
;;! requires = ["timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_detach" (func $detach (param i32) (result i32)))
  ;; Whether anything is not NO_THREAD, or a value is stored.
  (func $wrong (param $id i32) (result i32)
    (i32.store (i32.const 8) (i32.const 1234))
    (if (i32.ne (call $join (local.get $id) (i64.const -1) (i32.const 8)) (i32.const 3)) (then (return (i32.const 1))))
    (if (i32.ne (call $join (local.get $id) (i64.const 0) (i32.const 8)) (i32.const 3)) (then (return (i32.const 1))))
    (if (i32.ne (call $join (local.get $id) (i64.const 600_000_000_000) (i32.const 8)) (i32.const 3))
      (then (return (i32.const 1))))
    (if (i32.ne (call $detach (local.get $id)) (i32.const 3)) (then (return (i32.const 1))))
    (i32.ne (i32.load (i32.const 8)) (i32.const 1234)))
  (func (export "main") (result i32)
    (local $bit i32)
    (if (call $wrong (i32.const 0)) (then (return (i32.const 1))))
    (if (call $wrong (i32.const -1)) (then (return (i32.const 2))))
    (if (call $wrong (i32.const 0x7fffffff)) (then (return (i32.const 3))))
    (if (call $wrong (i32.const 0x1fffffff)) (then (return (i32.const 4))))
    ;; Each power of two but 1, which the main thread is; alone and with that.
    (local.set $bit (i32.const 1))
    (loop $next
      (if (call $wrong (i32.shl (i32.const 1) (local.get $bit))) (then (return (i32.const 5))))
      (if (call $wrong (i32.or (i32.shl (i32.const 1) (local.get $bit)) (i32.const 1))) (then (return (i32.const 6))))
      (br_if $next (i32.lt_u (local.tee $bit (i32.add (local.get $bit) (i32.const 1))) (i32.const 32))))
    (i32.const 0)))
