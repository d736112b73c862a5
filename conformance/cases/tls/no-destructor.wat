;;! summary = "nothing runs for a value of 0, for a key without a destructor, and for one that was deleted"
;;! clauses = ["tls-9", "tls-5"]
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
  (table 4 funcref)
  ;; A key without a destructor must not call the first function, either.
  (elem (i32.const 0) $count $start $count)
  (func $count (param i32) (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1))))
  (func $start (param i32) (result i32)
    ;; Never set; set to 0; set, and then to 0.
    (if (call $create (i32.const 2) (i32.const 16)) (then unreachable))
    (if (call $create (i32.const 2) (i32.const 16)) (then unreachable))
    (if (call $set (i32.load (i32.const 16)) (i32.const 0)) (then unreachable))
    (if (call $create (i32.const 2) (i32.const 16)) (then unreachable))
    (if (call $set (i32.load (i32.const 16)) (i32.const 5)) (then unreachable))
    (if (call $set (i32.load (i32.const 16)) (i32.const 0)) (then unreachable))
    ;; No destructor.
    (if (call $create (i32.const 0) (i32.const 16)) (then unreachable))
    (if (call $set (i32.load (i32.const 16)) (i32.const 5)) (then unreachable))
    ;; Deleted.
    (if (call $create (i32.const 2) (i32.const 16)) (then unreachable))
    (if (call $set (i32.load (i32.const 16)) (i32.const 5)) (then unreachable))
    (if (call $delete (i32.load (i32.const 16))) (then unreachable))
    ;; A new key, perhaps in the same place.
    (if (call $create (i32.const 2) (i32.const 16)) (then unreachable))
    (i32.const 0))
  ;; How often the destructor was called.
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 12)) (then unreachable))
    (if (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 0)) (then unreachable))
    (i32.load (i32.const 8))))
