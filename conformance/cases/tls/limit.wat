;;! summary = "there can be 1024 keys; one more is refused until another was deleted"
;;! clauses = ["tls-7"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_delete" (func $delete (param i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_get" (func $get (param i32) (result i32)))
  (func (export "main") (result i32)
    (local $at i32)
    ;; The keys at 4096.
    (local.set $at (i32.const 4096))
    (loop $next
      (if (call $create (i32.const 0) (local.get $at)) (then (return (i32.const 1))))
      (if (call $set (i32.load (local.get $at)) (local.get $at)) (then (return (i32.const 2))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 8192))))
    ;; AGAIN, and no key is stored.
    (i32.store (i32.const 8) (i32.const 1234))
    (if (i32.ne (call $create (i32.const 0) (i32.const 8)) (i32.const 1)) (then (return (i32.const 3))))
    (if (i32.ne (i32.load (i32.const 8)) (i32.const 1234)) (then (return (i32.const 4))))
    (if (call $delete (i32.load (i32.const 6000))) (then (return (i32.const 5))))
    (if (call $create (i32.const 0) (i32.const 6000)) (then (return (i32.const 6))))
    (if (i32.ne (call $create (i32.const 0) (i32.const 8)) (i32.const 1)) (then (return (i32.const 7))))
    ;; The others are as they were.
    (if (i32.ne (call $get (i32.load (i32.const 4096))) (i32.const 4096)) (then (return (i32.const 8))))
    (if (i32.ne (call $get (i32.load (i32.const 8188))) (i32.const 8188)) (then (return (i32.const 9))))
    (call $get (i32.load (i32.const 6000)))))
