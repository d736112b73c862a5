;;! summary = "raddle_init is called with 1 on main's instance and with 0 on each child's, then raddle_enter, each once"
;;! clauses = ["threadify-31", "init-4"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 4 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (type $start (func (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; What was called on this instance so far, as decimal digits: 1 or 2 is raddle_init with 0 or 1, 3 is raddle_enter, 4 the constructors.
  (global $calls (mut i32) (i32.const 0))
  (func $called (param $what i32) (global.set $calls (i32.add (i32.mul (global.get $calls) (i32.const 10)) (local.get $what))))
  (func $child (param i32) (result i32) (i32.ne (global.get $calls) (i32.const 13)))
  (func (export "__wasm_call_ctors") (call $called (i32.const 4)))
  (func (export "main") (result i32) (local $i i32)
    (if (i32.ne (global.get $calls) (i32.const 234)) (then (return (global.get $calls))))
    (loop $more
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
      (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
      (if (i32.load (i32.const 12)) (then (return (i32.const 1))))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 3))))
    (i32.ne (global.get $calls) (i32.const 234)))
  (func (export "raddle_init") (param $first i32) (call $called (i32.add (i32.const 1) (local.get $first))))
  (func (export "raddle_enter") (param i32 i32 i32) (call $called (i32.const 3)))
  (func (export "raddle_call") (param $function i32) (param $arg i32) (result i32)
    (call_indirect (type $start) (local.get $arg) (local.get $function)))
  (func (export "raddle_call_destructor") (param i32 i32) unreachable)
  (func (export "raddle_trap") unreachable)
  ;; Version 1; pointers of 4 bytes; the memory; flags: init, table, growable; six functions of its own.
  (@custom "raddle.threads" "\01" "\01\01\04" "\02\0d\03env\06memory\01\04" "\05\01\16" "\06\01\06"))
