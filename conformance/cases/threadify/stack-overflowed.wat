;;! summary = "an unreachable after raddle_stack_overflowed was set to 1 is a stack overflow, of the thread whose instance it is"
;;! clauses = ["threadify-35"]
;;! requires = ["spawn"]
;;! [expect]
;;! trap = { kind = "stack-overflow", thread = 2, function = "child" }
(module
  (import "env" "memory" (memory 1 4 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (type $start (func (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (global $overflowed (export "raddle_stack_overflowed") (mut i32) (i32.const 0))
  (func $child (param i32) (result i32) (call $check (local.get 0)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)))
  ;; Not among its own functions: so the trap is the caller's.
  (func $check (param i32) (result i32)
    (global.set $overflowed (i32.const 1))
    unreachable)
  (func (export "raddle_enter") (param i32 i32 i32))
  (func (export "raddle_call") (param $function i32) (param $arg i32) (result i32)
    (call_indirect (type $start) (local.get $arg) (local.get $function)))
  (func (export "raddle_call_destructor") (param i32 i32) unreachable)
  (func (export "raddle_trap") unreachable)
  ;; Version 1; pointers of 4 bytes; the memory; flags: stack_checked, table, growable; four functions of its own.
  (@custom "raddle.threads" "\01" "\01\01\04" "\02\0d\03env\06memory\01\04" "\05\01\15" "\06\01\04"))
