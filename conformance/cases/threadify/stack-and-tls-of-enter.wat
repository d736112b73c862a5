;;! summary = "raddle_enter is given the linker's stack on main, a stack of at least the default on a child, and an aligned block on each"
;;! clauses = ["threadify-34", "stacks-3", "stacks-10"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 2 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (type $start (func (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (global $top (mut i32) (i32.const 0))
  (global $limit (mut i32) (i32.const 0))
  (global $tls (mut i32) (i32.const 0))
  ;; The block has 24 bytes and is aligned to 256; the linker's stack reaches from 4096 to 65536.
  (func $block_is_good (result i32)
    (if (i32.eqz (global.get $tls)) (then (return (i32.const 0))))
    (if (i32.and (global.get $tls) (i32.const 255)) (then (return (i32.const 0))))
    ;; Not within the module's own memory.
    (i32.ge_u (global.get $tls) (i32.const 0x20000)))
  (func $child (param i32) (result i32)
    (if (i32.eqz (call $block_is_good)) (then (return (i32.const 1))))
    (if (i32.and (global.get $top) (i32.const 15)) (then (return (i32.const 2))))
    (if (i32.lt_u (i32.sub (global.get $top) (global.get $limit)) (i32.const 262144)) (then (return (i32.const 3))))
    (if (i32.lt_u (global.get $limit) (i32.const 0x20000)) (then (return (i32.const 4))))
    ;; The block is not in the stack.
    (i32.and
      (i32.gt_u (i32.add (global.get $tls) (i32.const 24)) (global.get $limit))
      (i32.lt_u (global.get $tls) (global.get $top))))
  (func (export "main") (result i32)
    (if (i32.eqz (call $block_is_good)) (then (return (i32.const 11))))
    (if (i32.ne (global.get $top) (i32.const 65536)) (then (return (i32.const 12))))
    (if (i32.ne (global.get $limit) (i32.const 4096)) (then (return (i32.const 13))))
    (i32.store (i32.const 16) (global.get $tls))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (i32.load (i32.const 12)))
  (func (export "raddle_enter") (param $top i32) (param $limit i32) (param $tls i32)
    (global.set $top (local.get $top))
    (global.set $limit (local.get $limit))
    (global.set $tls (local.get $tls)))
  (func (export "raddle_call") (param $function i32) (param $arg i32) (result i32)
    (call_indirect (type $start) (local.get $arg) (local.get $function)))
  (func (export "raddle_call_destructor") (param i32 i32) unreachable)
  (func (export "raddle_trap") unreachable)
  ;; Version 1; pointers of 4 bytes; the memory; the block; the stack; flags: table, growable; five functions of its own.
  (@custom "raddle.threads"
    "\01" "\01\01\04" "\02\0d\03env\06memory\02\40" "\03\03\18\80\02" "\04\05\80\80\04\80\20" "\05\01\14" "\06\01\05"))
