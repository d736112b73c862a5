;;! summary = "while main deletes and creates a key three thousand times, with this destructor and that, threads end with values of it"
;;! clauses = ["stress-7"]
;;! requires = ["spawn"]
;;! profile = "stress"
;;! timeout-ms = 120000
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_delete" (func $delete (param i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (table 5 funcref)
  (elem (i32.const 1) $spawns $child $warp $weft)
  ;; At 16 the key, and in the two highest bits which destructor it has: 1 or 2, which is also what values are. 20 is set at the end.
  (func $warp (param $value i32) (if (i32.ne (local.get $value) (i32.const 1)) (then unreachable)))
  (func $weft (param $value i32) (if (i32.ne (local.get $value) (i32.const 2)) (then unreachable)))
  ;; INVALID, 2, is the answer when the key was deleted meanwhile.
  (func $child (param i32) (result i32) (local $word i32) (local $i i32) (local $status i32)
    (loop $more
      (local.set $word (i32.atomic.load (i32.const 16)))
      (local.set $status
        (call $set (i32.and (local.get $word) (i32.const 0x3fffffff)) (i32.shr_u (local.get $word) (i32.const 30))))
      (if (i32.and (i32.ne (local.get $status) (i32.const 0)) (i32.ne (local.get $status) (i32.const 2))) (then unreachable))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 10))))
    (i32.const 0))
  (func $spawns (param $at i32) (result i32)
    (loop $more
      (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (local.get $at)) (then unreachable))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 0)) (then unreachable))
      (br_if $more (i32.eqz (i32.atomic.load (i32.const 20)))))
    (i32.const 0))
  (func $new_key (param $which i32)
    (if (call $create (i32.add (i32.const 2) (local.get $which)) (i32.const 24)) (then unreachable))
    (i32.atomic.store (i32.const 16) (i32.or (i32.shl (local.get $which) (i32.const 30)) (i32.load (i32.const 24)))))
  (func (export "main") (result i32) (local $i i32)
    (call $new_key (i32.const 1))
    (if (call $spawn (i32.const 1) (i32.const 64) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 68) (i32.const 0) (i32.const 12)) (then unreachable))
    (loop $more
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (if (call $delete (i32.load (i32.const 24))) (then unreachable))
      (call $new_key (i32.add (i32.const 1) (i32.and (local.get $i) (i32.const 1))))
      (br_if $more (i32.lt_u (local.get $i) (i32.const 3000))))
    (i32.atomic.store (i32.const 20) (i32.const 1))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then unreachable))
    (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 0))))
