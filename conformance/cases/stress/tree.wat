;;! summary = "each of 255 threads spawns two others and joins them, down to 256 leaves, which are counted on the way back"
;;! clauses = ["stress-2"]
;;! requires = ["spawn"]
;;! profile = "stress"
;;! timeout-ms = 120000
;;! [limits]
;;! max-threads = 512
;;! [expect]
;;! return = ["i32:256"]
;;! threads = { spawned = 510 }
(module
  (import "env" "memory" (memory 2 2 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $node)
  ;; Nodes are numbered as in a heap, from 1; each has 16 bytes at its number for its children's ids and values.
  (func $node (param $n i32) (result i32) (local $at i32)
    (if (i32.ge_u (local.get $n) (i32.const 256)) (then (return (i32.const 1))))
    (local.set $at (i32.mul (local.get $n) (i32.const 16)))
    (local.set $n (i32.mul (local.get $n) (i32.const 2)))
    (if (call $spawn (i32.const 1) (local.get $n) (i32.const 0) (local.get $at)) (then unreachable))
    (local.set $n (i32.add (local.get $n) (i32.const 1)))
    (if (call $spawn (i32.const 1) (local.get $n) (i32.const 0) (i32.add (local.get $at) (i32.const 4))) (then unreachable))
    (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.add (local.get $at) (i32.const 8))) (then unreachable))
    (if (call $join (i32.load offset=4 (local.get $at)) (i64.const -1) (i32.add (local.get $at) (i32.const 12))) (then unreachable))
    (i32.add (i32.load offset=8 (local.get $at)) (i32.load offset=12 (local.get $at))))
  (func (export "main") (result i32) (call $node (i32.const 1))))
