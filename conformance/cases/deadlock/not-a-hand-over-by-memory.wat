;;! summary = "two threads take turns 3000 times, each waiting on memory while it is the other's"
;;! clauses = ["deadlock-9"]
;;! requires = ["spawn"]
;;! timeout-ms = 60000
;;! [expect]
;;! return = ["i32:6000"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $turns)
  ;; The word at 64 counts the turns: even ones are main's, odd ones the child's.
  (func $turns (param $mine i32) (result i32) (local $turn i32) (local $left i32)
    (local.set $left (i32.const 3000))
    (loop $more
      (local.set $turn (i32.atomic.load (i32.const 64)))
      (if (i32.eq (i32.and (local.get $turn) (i32.const 1)) (local.get $mine))
        (then
          (i32.atomic.store (i32.const 64) (i32.add (local.get $turn) (i32.const 1)))
          (drop (memory.atomic.notify (i32.const 64) (i32.const 1)))
          (local.set $left (i32.sub (local.get $left) (i32.const 1))))
        (else (drop (memory.atomic.wait32 (i32.const 64) (local.get $turn) (i64.const -1)))))
      (br_if $more (local.get $left)))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 8)) (then unreachable))
    (drop (call $turns (i32.const 0)))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then unreachable))
    (i32.load (i32.const 64))))
