;;! summary = "with a 64-bit memory, too, a key that cannot be stored is not made: after 2000 attempts there are still 1024"
;;! clauses = ["arguments-1", "arguments-2"]
;;! requires = ["memory64"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (import "raddle_v1" "tls_create" (func $create (param i64 i64) (result i32)))
  ;; The first address that is none.
  (func $end (result i64) (i64.shl (memory.size) (i64.const 16)))
  ;; Whether it is not FAULT.
  (func $wrong (param $out i64) (result i32)
    (i32.ne (call $create (i64.const 0) (local.get $out)) (i32.const 8)))
  (func (export "main") (result i32)
    (local $round i32)
    (if (call $wrong (i64.const 9)) (then (return (i32.const 1))))
    (if (call $wrong (i64.const 10)) (then (return (i32.const 2))))
    (if (call $wrong (i64.const 11)) (then (return (i32.const 3))))
    (if (call $wrong (call $end)) (then (return (i32.const 4))))
    (if (call $wrong (i64.sub (call $end) (i64.const 2))) (then (return (i32.const 5))))
    (if (call $wrong (i64.add (call $end) (i64.const 4))) (then (return (i32.const 6))))
    (if (call $wrong (i64.const 0x100000008)) (then (return (i32.const 7))))
    (if (call $wrong (i64.const 0xffffffff00000008)) (then (return (i32.const 8))))
    (if (call $wrong (i64.const 0x8000000000000000)) (then (return (i32.const 9))))
    (if (call $wrong (i64.const -8)) (then (return (i32.const 10))))
    (if (call $wrong (i64.const -1)) (then (return (i32.const 11))))
    (loop $next
      (if (call $wrong (call $end)) (then (return (i32.const 12))))
      (if (call $wrong (i64.const 10)) (then (return (i32.const 13))))
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 1000))))
    (if (i64.ne (i64.load (i64.const 8)) (i64.const 0)) (then (return (i32.const 14))))
    (local.set $round (i32.const 0))
    (loop $next
      (if (call $create (i64.const 0) (i64.const 16)) (then (return (i32.const 15))))
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 1024))))
    (i32.const 0)))
