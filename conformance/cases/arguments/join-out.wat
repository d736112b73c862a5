;;! summary = "a join that cannot store the value is refused, and the thread can still be joined"
;;! clauses = ["arguments-1", "arguments-2"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32) (local.get 0))
  ;; The first address that is none.
  (func $end (result i32) (i32.shl (memory.size) (i32.const 16)))
  ;; Whether it is not FAULT, when it would wait and when it would not.
  (func $wrong (param $out i32) (result i32)
    (i32.or
      (i32.ne (call $join (i32.load (i32.const 16)) (i64.const -1) (local.get $out)) (i32.const 8))
      (i32.ne (call $join (i32.load (i32.const 16)) (i64.const 0) (local.get $out)) (i32.const 8))))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 77) (i32.const 0) (i32.const 16)) (then unreachable))
    (if (call $wrong (i32.const 9)) (then (return (i32.const 1))))
    (if (call $wrong (i32.const 10)) (then (return (i32.const 2))))
    (if (call $wrong (i32.const 11)) (then (return (i32.const 3))))
    (if (call $wrong (call $end)) (then (return (i32.const 4))))
    (if (call $wrong (i32.sub (call $end) (i32.const 2))) (then (return (i32.const 5))))
    (if (call $wrong (i32.add (call $end) (i32.const 4))) (then (return (i32.const 6))))
    (if (call $wrong (i32.const 0x80000000)) (then (return (i32.const 7))))
    (if (call $wrong (i32.const 0xfffffff8)) (then (return (i32.const 8))))
    (if (call $wrong (i32.const 0xffffffff)) (then (return (i32.const 9))))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then (return (i32.const 10))))
    (i32.ne (i32.load (i32.const 20)) (i32.const 77))))
