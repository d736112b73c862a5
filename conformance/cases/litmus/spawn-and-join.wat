;;! summary = "a child reads what main wrote before the spawn, and main what the child wrote, without atomics, 500 times"
;;! clauses = ["litmus-6"]
;;! requires = ["spawn"]
;;! timeout-ms = 60000
;;! [expect]
;;! histogram = { allowed = ["1,1"], forbidden = ["0,0", "0,1", "1,0"] }
;;! threads = { spawned = 500 }
(module
  (import "env" "memory" (memory 2 2 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; x and y of a round are at its address and 64 bytes behind it. The child returns the x that it read.
  (func $child (param $at i32) (result i32)
    (i32.store offset=64 (local.get $at) (i32.const 1))
    (i32.load (local.get $at)))
  (func (export "main") (local $at i32)
    (local.set $at (i32.const 1024))
    (loop $more
      (i32.store (local.get $at) (i32.const 1))
      (if (call $spawn (i32.const 1) (local.get $at) (i32.const 0) (i32.const 8)) (then unreachable))
      (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
      (i32.store (i32.const 16) (i32.const 0x0a2c2c2c))
      (i32.store8 (i32.const 16) (i32.add (i32.const 48) (i32.load (i32.const 12))))
      (i32.store8 (i32.const 18) (i32.add (i32.const 48) (i32.load offset=64 (local.get $at))))
      (if (call $write (i32.const 1) (i32.const 16) (i32.const 4)) (then unreachable))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 128))) (i32.const 65024))))))
