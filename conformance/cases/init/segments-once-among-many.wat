;;! summary = "sixteen threads at once add to a word that a segment began, while further ones are spawned"
;;! clauses = ["init-2"]
;;! requires = ["spawn"]
;;! repeat = 3
;;! [expect]
;;! return = ["i32:1616"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (data (i32.const 256) "\10\00\00\00")
  (func $child (param $i i32) (result i32)
    (loop $more
      (drop (i32.atomic.rmw.add (i32.const 256) (i32.const 1)))
      (br_if $more (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
    (i32.const 0))
  ;; The ids from 64 on.
  (func (export "main") (result i32) (local $at i32)
    (local.set $at (i32.const 64))
    (loop $more
      (if (call $spawn (i32.const 1) (i32.const 100) (i32.const 0) (local.get $at)) (then unreachable))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 128))))
    (loop $more
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 0)) (then unreachable))
      (br_if $more (i32.gt_u (local.get $at) (i32.const 64))))
    (i32.load (i32.const 256))))
