;;! summary = "destructors that set values of other keys bring on those keys' destructors, in whichever order"
;;! clauses = ["tls-10"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:4"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "tls_create" (func $create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $set (param i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $start $pass_on)
  ;; Four keys from 256 on; a value is where the key is, with a bit that makes it odd when it is passed on downwards.
  (func $start (param $from i32) (result i32) (call $set (i32.load (i32.and (local.get $from) (i32.const -2))) (local.get $from)))
  ;; Counts itself at 8, and sets the next key.
  (func $pass_on (param $from i32)
    (local $to i32)
    (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
    (local.set $to (i32.add (local.get $from)
      (select (i32.const -4) (i32.const 4) (i32.and (local.get $from) (i32.const 1)))))
    (if (i32.and (i32.ge_u (local.get $to) (i32.const 256)) (i32.lt_u (local.get $to) (i32.const 272)))
      (then (drop (call $start (local.get $to))))))
  (func $count (param $from i32) (result i32)
    (i32.store (i32.const 8) (i32.const 0))
    (if (call $spawn (i32.const 1) (local.get $from) (i32.const 0) (i32.const 12)) (then unreachable))
    (if (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 0)) (then unreachable))
    (i32.load (i32.const 8)))
  (func (export "main") (result i32)
    (local $at i32)
    (local.set $at (i32.const 256))
    (loop $next
      (if (call $create (i32.const 2) (local.get $at)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 272))))
    (if (i32.ne (call $count (i32.const 256)) (i32.const 4)) (then (return (i32.const -1))))
    (call $count (i32.const 269))))
