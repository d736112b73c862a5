;;! summary = "a block may be larger than a page, and each thread has all of it"
;;! clauses = ["tls-15", "tls-16"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__tls_base (export "__tls_base") (mut i32) (i32.const 0))
  (global $__tls_size (export "__tls_size") i32 (i32.const 100000))
  (global $__tls_align (export "__tls_align") i32 (i32.const 16))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $__wasm_init_tls (export "__wasm_init_tls") (param i32)
    (global.set $__tls_base (local.get 0))
    (memory.fill (local.get 0) (i32.const 0) (i32.const 100000)))
  ;; Fills all of its block with its argument, waits until all have, and counts the bytes that are not so.
  (func $start (param $mine i32) (result i32)
    (local $at i32) (local $wrong i32)
    (loop $next
      (local.set $wrong (i32.add (local.get $wrong)
        (i32.load8_u (i32.add (global.get $__tls_base) (local.get $at)))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 100000))))
    (memory.fill (global.get $__tls_base) (local.get $mine) (i32.const 100000))
    (if (i32.eq (i32.atomic.rmw.add (i32.const 8) (i32.const 1)) (i32.const 3))
      (then
        (i32.atomic.store (i32.const 12) (i32.const 1))
        (drop (memory.atomic.notify (i32.const 12) (i32.const -1))))
      (else (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))))
    (local.set $at (i32.const 0))
    (loop $next
      (local.set $wrong (i32.add (local.get $wrong)
        (i32.ne (i32.load8_u (i32.add (global.get $__tls_base) (local.get $at))) (local.get $mine))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 100000))))
    (local.get $wrong))
  (func (export "main") (result i32)
    (local $number i32)
    (loop $next
      (local.set $number (i32.add (local.get $number) (i32.const 1)))
      (if (call $spawn
            (i32.const 1) (local.get $number) (i32.const 0)
            (i32.add (i32.const 256) (i32.shl (local.get $number) (i32.const 2))))
        (then unreachable))
      (br_if $next (i32.lt_u (local.get $number) (i32.const 3))))
    (if (call $start (i32.const 9)) (then (return (i32.const 1))))
    (loop $next
      (if (call $join
            (i32.load (i32.add (i32.const 256) (i32.shl (local.get $number) (i32.const 2)))) (i64.const -1)
            (i32.const 16))
        (then unreachable))
      (if (i32.load (i32.const 16)) (then (return (i32.const 2))))
      (br_if $next (local.tee $number (i32.sub (local.get $number) (i32.const 1)))))
    (i32.const 0)))
