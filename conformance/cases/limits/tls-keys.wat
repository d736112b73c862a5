;;! summary = "there are 1024 keys, for all threads together; one more is refused until one is deleted, and stores nothing"
;;! clauses = ["limits-14"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_delete" (func $delete (param i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The keys from 1024 on. AGAIN is 1.
  (func $child (param i32) (result i32) (call $create (i32.const 0) (i32.const 16)))
  (func (export "main") (result i32) (local $at i32)
    (local.set $at (i32.const 1024))
    (loop $more
      (if (call $create (i32.const 0) (local.get $at)) (then (return (i32.const 1))))
      (if (call $set (i32.load (local.get $at)) (local.get $at)) (then (return (i32.const 2))))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 5120))))
    (i32.store (i32.const 16) (i32.const 1234))
    (if (i32.ne (call $create (i32.const 0) (i32.const 16)) (i32.const 1)) (then (return (i32.const 3))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then (return (i32.const 4))))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then (return (i32.const 5))))
    (if (i32.ne (i32.load (i32.const 12)) (i32.const 1)) (then (return (i32.const 6))))
    (if (i32.ne (i32.load (i32.const 16)) (i32.const 1234)) (then (return (i32.const 7))))
    (if (call $delete (i32.load (i32.const 2048))) (then (return (i32.const 8))))
    (if (call $create (i32.const 0) (i32.const 16)) (then (return (i32.const 9))))
    (call $set (i32.load (i32.const 16)) (i32.const 1))))
