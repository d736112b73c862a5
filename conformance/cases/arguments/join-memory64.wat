;;! summary = "with a 64-bit memory a join refuses bad addresses, those too that are multiples of 4 and not of 8"
;;! clauses = ["arguments-1", "arguments-2"]
;;! requires = ["spawn", "memory64"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i64) (result i64) (local.get 0))
  ;; The first address that is none.
  (func $end (result i64) (i64.shl (memory.size) (i64.const 16)))
  ;; Whether it is not FAULT.
  (func $wrong (param $out i64) (result i32)
    (i32.ne (call $join (i32.load (i64.const 16)) (i64.const -1) (local.get $out)) (i32.const 8)))
  (func (export "main") (result i32)
    (if (call $spawn (i64.const 1) (i64.const 77) (i64.const 0) (i64.const 16)) (then unreachable))
    (if (call $wrong (i64.const 9)) (then (return (i32.const 1))))
    (if (call $wrong (i64.const 10)) (then (return (i32.const 2))))
    (if (call $wrong (i64.const 11)) (then (return (i32.const 3))))
    (if (call $wrong (i64.const 12)) (then (return (i32.const 4))))
    (if (call $wrong (call $end)) (then (return (i32.const 5))))
    (if (call $wrong (i64.sub (call $end) (i64.const 4))) (then (return (i32.const 6))))
    (if (call $wrong (i64.add (call $end) (i64.const 8))) (then (return (i32.const 7))))
    (if (call $wrong (i64.const 0x100000008)) (then (return (i32.const 8))))
    (if (call $wrong (i64.const 0xffffffff00000008)) (then (return (i32.const 9))))
    (if (call $wrong (i64.const 0x8000000000000000)) (then (return (i32.const 10))))
    (if (call $wrong (i64.const -8)) (then (return (i32.const 11))))
    (if (call $wrong (i64.const -1)) (then (return (i32.const 12))))
    (if (call $join (i32.load (i64.const 16)) (i64.const -1) (i64.const 24)) (then (return (i32.const 13))))
    (i64.ne (i64.load (i64.const 24)) (i64.const 77))))
