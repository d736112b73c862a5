;;! summary = "a module with what threadify adds, written by hand, runs: its section has unknown tags, and fields in any order"
;;! clauses = ["threadify-30"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:42"]
(module
  (import "env" "memory" (memory 1 4 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (type $start (func (param i32) (result i32)))
  (type $destructor (func (param i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func $child (param $x i32) (result i32) (i32.mul (local.get $x) (i32.const 2)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 21) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (i32.load (i32.const 12)))
  (func (export "raddle_enter") (param i32 i32 i32))
  (func (export "raddle_call") (param $function i32) (param $arg i32) (result i32)
    (call_indirect (type $start) (local.get $arg) (local.get $function)))
  (func (export "raddle_call_destructor") (param $function i32) (param $value i32)
    (call_indirect (type $destructor) (local.get $value) (local.get $function)))
  (func (export "raddle_trap") unreachable)
  (@custom "raddle.threads"
    "\01"                            ;; the version
    "\06\01\04"                      ;; four functions of its own
    "\63\03abc"                      ;; tag 99
    "\05\01\14"                      ;; flags: table, growable
    "\02\0d\03env\06memory\01\04"    ;; the memory
    "\e7\07\00"                      ;; tag 999, empty
    "\01\01\04"))                    ;; pointers of 4 bytes
