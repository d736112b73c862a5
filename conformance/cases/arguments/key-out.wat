;;! summary = "a key that cannot be stored is not made: after 2000 attempts there are still 1024"
;;! clauses = ["arguments-1", "arguments-2"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  ;; The first address that is none.
  (func $end (result i32) (i32.shl (memory.size) (i32.const 16)))
  ;; Whether it is not FAULT.
  (func $wrong (param $out i32) (result i32)
    (i32.ne (call $create (i32.const 0) (local.get $out)) (i32.const 8)))
  (func (export "main") (result i32)
    (local $round i32)
    (if (call $wrong (i32.const 9)) (then (return (i32.const 1))))
    (if (call $wrong (i32.const 10)) (then (return (i32.const 2))))
    (if (call $wrong (i32.const 11)) (then (return (i32.const 3))))
    (if (call $wrong (call $end)) (then (return (i32.const 4))))
    (if (call $wrong (i32.sub (call $end) (i32.const 2))) (then (return (i32.const 5))))
    (if (call $wrong (i32.add (call $end) (i32.const 4))) (then (return (i32.const 6))))
    (if (call $wrong (i32.const 0x80000000)) (then (return (i32.const 7))))
    (if (call $wrong (i32.const 0xfffffff8)) (then (return (i32.const 8))))
    (if (call $wrong (i32.const 0xffffffff)) (then (return (i32.const 9))))
    (loop $next
      (if (call $wrong (call $end)) (then (return (i32.const 10))))
      (if (call $wrong (i32.const 10)) (then (return (i32.const 11))))
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 1000))))
    (if (i64.ne (i64.load (i32.const 8)) (i64.const 0)) (then (return (i32.const 12))))
    (local.set $round (i32.const 0))
    (loop $next
      (if (call $create (i32.const 0) (i32.const 16)) (then (return (i32.const 13))))
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 1024))))
    (i32.const 0)))
