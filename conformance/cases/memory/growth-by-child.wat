;;! summary = "main uses the pages that a child adds while both run, and so does a thread that is spawned later"
;;! clauses = ["memory-2"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:87"]
(module
  (import "env" "memory" (memory 1 8 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 3 funcref)
  (elem (i32.const 1) $grows $reads)
  ;; The first child says at 20 where the new pages are, and lives until main says at 24 that it has seen them.
  (func $grows (param i32) (result i32) (local $at i32)
    (local.set $at (i32.mul (memory.grow (i32.const 2)) (i32.const 65536)))
    (i32.store offset=0x1fffc (local.get $at) (i32.const 42))
    (i32.atomic.store (i32.const 20) (local.get $at))
    (loop $not_yet (call $yield) (br_if $not_yet (i32.eqz (i32.atomic.load (i32.const 24)))))
    (i32.const 0))
  (func $reads (param $at i32) (result i32) (i32.load offset=0x1fffc (local.get $at)))
  (func (export "main") (result i32) (local $at i32) (local $read i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (loop $not_yet
      (call $yield)
      (br_if $not_yet (i32.eqz (local.tee $at (i32.atomic.load (i32.const 20))))))
    (local.set $read (call $reads (local.get $at)))
    (i32.atomic.store (i32.const 24) (i32.const 1))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then unreachable))
    (if (call $spawn (i32.const 2) (local.get $at) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (i32.add (i32.add (local.get $read) (i32.load (i32.const 12))) (memory.size))))
