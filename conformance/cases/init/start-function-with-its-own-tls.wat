;;! summary = "the start function finds its thread's thread-local variable as it is initialised, and each thread what its own start function wrote"
;;! clauses = ["init-14"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:8888"]
(module
  (import "env" "memory" (memory 1 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $base (export "__tls_base") (mut i32) (i32.const 0))
  (global (export "__tls_size") i32 (i32.const 4))
  (global (export "__tls_align") i32 (i32.const 4))
  (data $tdata "\07\00\00\00")
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (func (export "__wasm_init_tls") (param i32)
    (global.set $base (local.get 0))
    (memory.init $tdata (local.get 0) (i32.const 0) (i32.const 4)))
  (func $start (i32.store (global.get $base) (i32.add (i32.load (global.get $base)) (i32.const 1))))
  (start $start)
  (func $child (param i32) (result i32) (i32.load (global.get $base)))
  ;; As decimal digits: main's variable, and in front of it those of the children.
  (func (export "main") (result i32) (local $power i32) (local $sum i32)
    (local.set $sum (i32.load (global.get $base)))
    (local.set $power (i32.const 10))
    (loop $more
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
      (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
      (local.set $sum (i32.add (local.get $sum) (i32.mul (local.get $power) (i32.load (i32.const 12)))))
      (br_if $more (i32.le_u (local.tee $power (i32.mul (local.get $power) (i32.const 10))) (i32.const 1000))))
    (local.get $sum)))
