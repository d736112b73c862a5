;;! summary = "a child's globals begin as the module says, whatever main's are, and main's stay what they are"
;;! clauses = ["init-6"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $i (mut i32) (i32.const 5))
  (global $d (mut f64) (f64.const 1.5))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param i32) (result i32)
    (if (i32.ne (global.get $i) (i32.const 5)) (then (return (i32.const 1))))
    (if (f64.ne (global.get $d) (f64.const 1.5)) (then (return (i32.const 2))))
    (global.set $i (i32.const 7))
    (global.set $d (f64.const 3.5))
    (i32.const 0))
  (func (export "main") (result i32)
    (global.set $i (i32.const 6))
    (global.set $d (f64.const 2.5))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (if (i32.load (i32.const 12)) (then (return (i32.load (i32.const 12)))))
    (if (i32.ne (global.get $i) (i32.const 6)) (then (return (i32.const 3))))
    (f64.ne (global.get $d) (f64.const 2.5))))
