;;! summary = "raddle_hooks holds the three calls of the host when raddle_init is called, on main's instance and a child's"
;;! clauses = ["threadify-32", "threadify-22"]
;;! requires = ["spawn", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 4 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (type $start (func (param i32) (result i32)))
  (type $wait32 (func (param i32 i32 i64) (result i32)))
  (type $wait64 (func (param i32 i64 i64) (result i32)))
  (type $notify (func (param i32 i32) (result i32)))
  (table $functions 2 funcref)
  (table $hooks (export "raddle_hooks") 3 3 funcref)
  (elem (table $functions) (i32.const 1) func $child)
  ;; Whether the hooks did what they should when raddle_init was called. A wait answers 1 for another value, 2 for a time-out.
  (global $good (mut i32) (i32.const 0))
  (func $child (param i32) (result i32) (i32.eqz (global.get $good)))
  (func (export "main") (result i32)
    (if (i32.eqz (global.get $good)) (then (return (i32.const 1))))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (i32.load (i32.const 12)))
  (func (export "raddle_init") (param $first i32)
    (if (i32.ne (call_indirect $hooks (type $wait32) (i32.const 64) (i32.const 0) (i64.const 1000) (i32.const 0)) (i32.const 2))
      (then (return)))
    (if (i32.ne (call_indirect $hooks (type $wait64) (i32.const 64) (i64.const 1) (i64.const -1) (i32.const 1)) (i32.const 1))
      (then (return)))
    (if (call_indirect $hooks (type $notify) (i32.const 64) (i32.const -1) (i32.const 2)) (then (return)))
    (global.set $good (i32.const 1)))
  (func (export "raddle_enter") (param i32 i32 i32))
  (func (export "raddle_call") (param $function i32) (param $arg i32) (result i32)
    (call_indirect $functions (type $start) (local.get $arg) (local.get $function)))
  (func (export "raddle_call_destructor") (param i32 i32) unreachable)
  (func (export "raddle_trap") unreachable)
  ;; Version 1; pointers of 4 bytes; the memory; flags: init, table, hooks, growable; four functions of its own.
  (@custom "raddle.threads" "\01" "\01\01\04" "\02\0d\03env\06memory\01\04" "\05\01\1e" "\06\01\04"))
