;;! summary = "where the host runs the start function, as there are active segments, that can wait until its time-out and lock a mutex"
;;! clauses = ["threadify-23"]
;;! requires = ["timed-wait"]
;;! [expect]
;;! return = ["i32:2"]
(module
  (import "env" "memory" (memory 1 4 shared))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (data (i32.const 128) "\07\00\00\00")
  ;; The mutex at 16 is main's, which is the thread whose instance it is.
  (func $start
    (i32.store (i32.const 64) (memory.atomic.wait32 (i32.const 128) (i32.const 7) (i64.const 1_000_000)))
    (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable)))
  (start $start)
  (func (export "main") (result i32)
    (if (i32.ne (i32.load (i32.const 16)) (i32.const 1)) (then (return (i32.const 100))))
    (i32.load (i32.const 64))))
