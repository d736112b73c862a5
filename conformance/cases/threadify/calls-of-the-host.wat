;;! summary = "a child is started by raddle_call, and its value destroyed by raddle_call_destructor, with what the guest gave"
;;! clauses = ["threadify-33"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 4 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "tls_create" (func $tls_create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $tls_set (param i32 i32) (result i32)))
  ;; Nothing is in the table: what the numbers mean is up to the module's own functions.
  (table 1 funcref)
  (func (export "main") (result i32)
    (if (call $tls_create (i32.const 54) (i32.const 16)) (then unreachable))
    (if (call $spawn (i32.const 32) (i32.const 10) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (if (i32.ne (i32.load (i32.const 12)) (i32.const 42)) (then (return (i32.const 1))))
    (i32.ne (i32.load (i32.const 64)) (i32.const 61)))
  (func (export "raddle_enter") (param i32 i32 i32))
  (func (export "raddle_call") (param $function i32) (param $arg i32) (result i32)
    (if (call $tls_set (i32.load (i32.const 16)) (i32.const 7)) (then unreachable))
    (i32.add (local.get $function) (local.get $arg)))
  (func (export "raddle_call_destructor") (param $function i32) (param $value i32)
    (i32.store (i32.const 64) (i32.add (local.get $function) (local.get $value))))
  (func (export "raddle_trap") unreachable)
  ;; Version 1; pointers of 4 bytes; the memory; flags: table, growable; five functions of its own.
  (@custom "raddle.threads" "\01" "\01\01\04" "\02\0d\03env\06memory\01\04" "\05\01\14" "\06\01\05"))
