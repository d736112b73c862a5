;;! summary = "a spawn whose attributes are unaligned or not in memory is refused, and starts nothing"
;;! clauses = ["arguments-1", "arguments-2"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 0 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32) unreachable)
  ;; The first address that is none.
  (func $end (result i32) (i32.shl (memory.size) (i32.const 16)))
  ;; Whether it is not FAULT, or an id is stored.
  (func $wrong (param $attr i32) (result i32)
    (i32.store (i32.const 1000) (i32.const 1234))
    (i32.or
      (i32.ne (call $spawn (i32.const 1) (i32.const 0) (local.get $attr) (i32.const 1000)) (i32.const 8))
      (i32.ne (i32.load (i32.const 1000)) (i32.const 1234))))
  (func (export "main") (result i32)
    (if (call $wrong (i32.const 9)) (then (return (i32.const 1))))
    (if (call $wrong (i32.const 10)) (then (return (i32.const 2))))
    (if (call $wrong (i32.const 11)) (then (return (i32.const 3))))
    (if (call $wrong (call $end)) (then (return (i32.const 4))))
    (if (call $wrong (i32.sub (call $end) (i32.const 2))) (then (return (i32.const 5))))
    (if (call $wrong (i32.add (call $end) (i32.const 4))) (then (return (i32.const 6))))
    (if (call $wrong (i32.const 0x80000000)) (then (return (i32.const 7))))
    (if (call $wrong (i32.const 0xfffffff8)) (then (return (i32.const 8))))
    (if (call $wrong (i32.const 0xffffffff)) (then (return (i32.const 9))))
    ;; They begin in memory, and end beyond it.
    (i32.store (i32.sub (call $end) (i32.const 4)) (i32.const 20))
    (if (call $wrong (i32.sub (call $end) (i32.const 4))) (then (return (i32.const 10))))
    (i32.store (i32.sub (call $end) (i32.const 16)) (i32.const 20))
    (memory.fill (i32.sub (call $end) (i32.const 12)) (i32.const 0) (i32.const 12))
    (if (call $wrong (i32.sub (call $end) (i32.const 16))) (then (return (i32.const 11))))
    (i32.const 0)))
