;;! summary = "twenty threads, one after another, each add to a word that a segment began"
;;! clauses = ["init-2"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:42"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (data (i32.const 64) "\16\00\00\00")
  (func $child (param i32) (result i32)
    (i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 1)))
    (i32.const 0))
  (func (export "main") (result i32) (local $i i32)
    (loop $more
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
      (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then unreachable))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 20))))
    (i32.load (i32.const 64))))
