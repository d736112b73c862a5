;;! summary = "what a thread changes in its globals and its table is not changed on others"
;;! clauses = ["spawn-13"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $mark (mut i64) (i64.const 5))
  (table 3 funcref)
  (elem (i32.const 1) $start $seven)
  (func $seven (result i32) (i32.const 7))
  ;; 0 if all is as the module says, though the main thread has changed its own.
  (func $start (param i32) (result i32)
    (if (i64.ne (global.get $mark) (i64.const 5)) (then (return (i32.const 1))))
    (if (ref.is_null (table.get (i32.const 2))) (then (return (i32.const 2))))
    (global.set $mark (i64.const 9))
    (table.set (i32.const 1) (ref.null func))
    (i32.const 0))
  (func $run (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 16)) (then unreachable))
    (i32.load (i32.const 16)))
  (func (export "main") (result i32)
    (local $failed i32)
    (global.set $mark (i64.const 6))
    (table.set (i32.const 2) (ref.null func))
    ;; Twice: the second thread must not find what the first has left.
    (if (local.tee $failed (call $run)) (then (return (local.get $failed))))
    (if (local.tee $failed (call $run)) (then (return (i32.add (local.get $failed) (i32.const 2)))))
    (if (i64.ne (global.get $mark) (i64.const 6)) (then (return (i32.const 5))))
    (if (ref.is_null (table.get (i32.const 1))) (then (return (i32.const 6))))
    (i32.const 0)))
