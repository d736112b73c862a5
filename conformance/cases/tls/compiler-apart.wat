;;! summary = "blocks of threads that live at the same time do not overlap, nor the module's own memory"
;;! clauses = ["tls-15", "tls-18"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 2 32 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__tls_base (export "__tls_base") (mut i32) (i32.const 0))
  (global $__tls_size (export "__tls_size") i32 (i32.const 1000))
  (global $__tls_align (export "__tls_align") i32 (i32.const 4))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $__wasm_init_tls (export "__wasm_init_tls") (param i32)
    (global.set $__tls_base (local.get 0))
    (memory.fill (local.get 0) (i32.const 0) (i32.const 1000)))
  ;; Notes where its block is, and lives until the word at 8 is set.
  (func $start (param $at i32) (result i32)
    (i32.store (local.get $at) (global.get $__tls_base))
    (drop (i32.atomic.rmw.add (i32.const 12) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 12) (i32.const 1)))
    (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
  (func (export "main") (result i32)
    (local $at i32) (local $other i32) (local $count i32)
    ;; The blocks of 20 threads at 256, after the main thread's own.
    (i32.store (i32.const 256) (global.get $__tls_base))
    (local.set $at (i32.const 260))
    (loop $next
      (if (call $spawn (i32.const 1) (local.get $at) (i32.const 0) (i32.const 0)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 340))))
    (loop $again
      (local.set $count (i32.atomic.load (i32.const 12)))
      (if (i32.lt_u (local.get $count) (i32.const 20)) (then
        (drop (memory.atomic.wait32 (i32.const 12) (local.get $count) (i64.const -1)))
        (br $again))))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      ;; Behind the two pages that the module asks for, and before the end of memory at the very most.
      (if (i32.lt_u (i32.load (local.get $at)) (i32.const 131072)) (then (return (i32.const 1))))
      (if (i32.gt_u (i32.load (local.get $at)) (i32.const 2096152)) (then (return (i32.const 2))))
      (local.set $other (i32.const 256))
      (loop $before
        (if (i32.lt_u (local.get $other) (local.get $at)) (then
          (if (i32.lt_u
                (i32.add (i32.sub (i32.load (local.get $other)) (i32.load (local.get $at))) (i32.const 999))
                (i32.const 1999))
            (then (return (i32.const 3))))
          (local.set $other (i32.add (local.get $other) (i32.const 4)))
          (br $before))))
      (br_if $next (i32.gt_u (local.get $at) (i32.const 256))))
    (i32.const 0)))
