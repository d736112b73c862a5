;;! summary = "all but one thread wait for ever, and that one computes for a while, after which it wakes the others"
;;! clauses = ["deadlock-7"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $waits $computes)
  (func $waits (param i32) (result i32) (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
  ;; The computation's result is stored, so that it is not left out.
  (func $computes (param $i i32) (result i32) (local $x i32)
    (loop $more
      (local.set $x (i32.add (i32.mul (local.get $x) (i32.const 1664525)) (local.get $i)))
      (br_if $more (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
    (i32.store (i32.const 72) (local.get $x))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 64) (i32.const -1)))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 2) (i32.const 10_000_000) (i32.const 0) (i32.const 0)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
