;;! summary = "ten thousand threads, one after another, each return their argument plus one"
;;! clauses = ["stress-1"]
;;! requires = ["spawn"]
;;! profile = "stress"
;;! timeout-ms = 120000
;;! [expect]
;;! return = ["i32:10000"]
;;! threads = { spawned = 10000 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param $x i32) (result i32) (i32.add (local.get $x) (i32.const 1)))
  (func (export "main") (result i32)
    (loop $more
      (if (call $spawn (i32.const 1) (i32.load (i32.const 12)) (i32.const 0) (i32.const 8)) (then unreachable))
      (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
      (br_if $more (i32.lt_u (i32.load (i32.const 12)) (i32.const 10000))))
    (i32.load (i32.const 12))))
