;;! summary = "a thread that exits in a nested call runs nothing more, and its joiner gets the value that it gave"
;;! clauses = ["exit-1", "exit-2"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_exit" (func $exit (param i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Exits at its end, and marks the word at 8 if it goes on.
  (func $down (param $depth i32)
    (if (local.get $depth)
      (then (call $down (i32.sub (local.get $depth) (i32.const 1))))
      (else (call $exit (i32.const 0xfffffff1))))
    (i32.store (i32.const 8) (i32.const 1)))
  (func $start (param i32) (result i32)
    (call $down (local.get 0))
    (i32.const 5))
  (func $fails (param $depth i32) (result i32)
    (if (call $spawn (i32.const 1) (local.get $depth) (i32.const 0) (i32.const 12)) (then unreachable))
    (if (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 16)) (then (return (i32.const 1))))
    (if (i32.ne (i32.load (i32.const 16)) (i32.const -15)) (then (return (i32.const 2))))
    (i32.load (i32.const 8)))
  ;; The process goes on after each.
  (func (export "main") (result i32)
    (if (call $fails (i32.const 0)) (then (return (i32.const 1))))
    (if (call $fails (i32.const 100)) (then (return (i32.const 2))))
    (i32.const 0)))
