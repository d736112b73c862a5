;;! summary = "of a deleted key every thread's value is gone, and a new key does not bring it back"
;;! clauses = ["tls-5", "tls-6"]
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
  (import "raddle_v1" "tls_get" (func $get (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Sets the word at an address and wakes who waits for it.
  (func $tell (param $at i32)
    (i32.atomic.store (local.get $at) (i32.const 1))
    (drop (memory.atomic.notify (local.get $at) (i32.const -1))))
  (func $await (param $at i32) (drop (memory.atomic.wait32 (local.get $at) (i32.const 0) (i64.const -1))))
  ;; Has a value of the key at 8 when the main thread deletes it, and looks at the one that is there then.
  (func $start (param i32) (result i32)
    (local $old i32)
    (local.set $old (i32.load (i32.const 8)))
    (if (call $set (local.get $old) (i32.const 77)) (then (return (i32.const 10))))
    (call $tell (i32.const 16))
    (call $await (i32.const 20))
    (if (call $get (local.get $old)) (then (return (i32.const 11))))
    ;; INVALID, as there is no such key.
    (if (i32.ne (call $set (local.get $old) (i32.const 1)) (i32.const 2)) (then (return (i32.const 12))))
    (call $tell (i32.const 24))
    (call $await (i32.const 28))
    (if (call $get (i32.load (i32.const 8))) (then (return (i32.const 13))))
    (i32.const 0))
  (func (export "main") (result i32)
    (local $old i32)
    (if (call $create (i32.const 0) (i32.const 8)) (then (return (i32.const 1))))
    (local.set $old (i32.load (i32.const 8)))
    (if (call $set (local.get $old) (i32.const 66)) (then (return (i32.const 2))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 12)) (then unreachable))
    (call $await (i32.const 16))
    (if (call $delete (local.get $old)) (then (return (i32.const 3))))
    (if (call $get (local.get $old)) (then (return (i32.const 4))))
    (if (i32.ne (call $set (local.get $old) (i32.const 1)) (i32.const 2)) (then (return (i32.const 5))))
    (if (i32.ne (call $delete (local.get $old)) (i32.const 2)) (then (return (i32.const 6))))
    (call $tell (i32.const 20))
    (call $await (i32.const 24))
    ;; Another key, perhaps in the same place.
    (if (call $create (i32.const 0) (i32.const 8)) (then (return (i32.const 7))))
    (if (call $get (i32.load (i32.const 8))) (then (return (i32.const 8))))
    (call $tell (i32.const 28))
    (if (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 32)) (then unreachable))
    (i32.load (i32.const 32))))
