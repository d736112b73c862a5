;;! summary = "with a 64-bit memory a write's address and length are not cut to 32 bits"
;;! clauses = ["arguments-4", "arguments-2"]
;;! requires = ["memory64"]
;;! [expect]
;;! return = ["i32:0"]
;;! stdout = ""
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (import "raddle_v1" "write" (func $write (param i32 i64 i64) (result i32)))
  ;; The first address that is none.
  (func $end (result i64) (i64.shl (memory.size) (i64.const 16)))
  ;; Whether it is not FAULT.
  (func $wrong (param $at i64) (param $len i64) (result i32)
    (i32.ne (call $write (i32.const 1) (local.get $at) (local.get $len)) (i32.const 8)))
  (func (export "main") (result i32)
    (if (call $wrong (call $end) (i64.const 1)) (then (return (i32.const 1))))
    (if (call $wrong (i64.sub (call $end) (i64.const 4)) (i64.const 5)) (then (return (i32.const 2))))
    (if (call $wrong (i64.const 0) (i64.add (call $end) (i64.const 1))) (then (return (i32.const 3))))
    (if (call $wrong (i64.const 64) (i64.const -1)) (then (return (i32.const 4))))
    (if (call $wrong (i64.const 64) (i64.const -64)) (then (return (i32.const 5))))
    (if (call $wrong (i64.const -8) (i64.const 8)) (then (return (i32.const 6))))
    (if (call $wrong (i64.const -8) (i64.const 72)) (then (return (i32.const 7))))
    (if (call $wrong (i64.const -1) (i64.const 1)) (then (return (i32.const 8))))
    (if (call $wrong (i64.const 0x100000040) (i64.const 4)) (then (return (i32.const 9))))
    (if (call $wrong (i64.const 64) (i64.const 0x100000004)) (then (return (i32.const 10))))
    (if (call $wrong (i64.const 0x8000000000000000) (i64.const 0x8000000000000040)) (then (return (i32.const 11))))
    (i32.const 0)))
