;;! summary = "a number that is not a key can be neither set nor deleted, and has the value 0"
;;! clauses = ["arguments-10"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_delete" (func $delete (param i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_get" (func $get (param i32) (result i32)))
  ;; Whether anything is not INVALID, or there is a value. The one key is at 8.
  (func $wrong (param $key i32) (result i32)
    (if (i32.eq (local.get $key) (i32.load (i32.const 8))) (then (return (i32.const 0))))
    (if (i32.ne (call $set (local.get $key) (i32.const 5)) (i32.const 2)) (then (return (i32.const 1))))
    (if (i32.ne (call $delete (local.get $key)) (i32.const 2)) (then (return (i32.const 1))))
    (call $get (local.get $key)))
  (func (export "main") (result i32)
    (local $bit i32)
    (if (call $create (i32.const 0) (i32.const 8)) (then (return (i32.const 1))))
    (if (call $set (i32.load (i32.const 8)) (i32.const 77)) (then (return (i32.const 2))))
    (if (call $wrong (i32.const 0)) (then (return (i32.const 3))))
    (if (call $wrong (i32.const -1)) (then (return (i32.const 4))))
    (if (call $wrong (i32.const 0x7fffffff)) (then (return (i32.const 5))))
    ;; The key with each of its bits changed, and each bit alone.
    (loop $next
      (if (call $wrong (i32.xor (i32.load (i32.const 8)) (i32.shl (i32.const 1) (local.get $bit)))) (then (return (i32.const 6))))
      (if (call $wrong (i32.shl (i32.const 1) (local.get $bit))) (then (return (i32.const 7))))
      (br_if $next (i32.lt_u (local.tee $bit (i32.add (local.get $bit) (i32.const 1))) (i32.const 32))))
    (i32.ne (call $get (i32.load (i32.const 8))) (i32.const 77))))
