;;! summary = "eight threads at once have aligned blocks of thread-local variables, begun as the module says, that no stack reaches"
;;! clauses = ["stacks-10", "stacks-1"]
;;! requires = ["spawn"]
;;! [limits]
;;! stack-size = 16384
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 8 }
(module
  (import "env" "memory" (memory 2 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (global $__tls_base (export "__tls_base") (mut i32) (i32.const 0))
  (global $__tls_size (export "__tls_size") i32 (i32.const 136))
  (global $__tls_align (export "__tls_align") i32 (i32.const 128))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (data $.tdata "loom")
  ;; The first word is begun by a segment, the last one is zero.
  (func $__wasm_init_tls (export "__wasm_init_tls") (param $block i32)
    (global.set $__tls_base (local.get $block))
    (memory.init $.tdata (local.get $block) (i32.const 0) (i32.const 4))
    (memory.fill (i32.add (local.get $block) (i32.const 4)) (i32.const 0) (i32.const 132)))
  ;; Fills its stack with its number, and writes it to the last word of its block. Who has is counted at 16; each looks when all have,
  ;; which the word at 20 tells. Returns which step failed.
  (func $child (param $n i32) (result i32) (local $at i32)
    (if (i32.and (global.get $__tls_base) (i32.const 127)) (then (return (i32.const 1))))
    (if (i32.ne (i32.load (global.get $__tls_base)) (i32.const 0x6d6f6f6c)) (then (return (i32.const 2))))
    (if (i32.load offset=132 (global.get $__tls_base)) (then (return (i32.const 3))))
    (i32.store offset=132 (global.get $__tls_base) (local.get $n))
    (local.set $at (i32.sub (global.get $__stack_pointer) (i32.const 16384)))
    (memory.fill (local.get $at) (local.get $n) (i32.const 16384))
    (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 16) (i32.const 1)))
    (drop (memory.atomic.wait32 (i32.const 20) (i32.const 0) (i64.const -1)))
    (if (i32.ne (i32.load (global.get $__tls_base)) (i32.const 0x6d6f6f6c)) (then (return (i32.const 4))))
    (if (i32.ne (i32.load offset=132 (global.get $__tls_base)) (local.get $n)) (then (return (i32.const 5))))
    (loop $more
      (if (i32.ne (i32.load8_u (local.get $at)) (local.get $n)) (then (return (i32.const 6))))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (global.get $__stack_pointer))))
    (i32.const 0))
  ;; The ids from 1028 on.
  (func (export "main") (result i32) (local $n i32) (local $now i32)
    (loop $more
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (if (call $spawn (i32.const 1) (local.get $n) (i32.const 0) (i32.add (i32.const 1024) (i32.mul (local.get $n) (i32.const 4))))
        (then unreachable))
      (br_if $more (i32.lt_u (local.get $n) (i32.const 8))))
    (loop $again
      (local.set $now (i32.atomic.load (i32.const 16)))
      (if (i32.lt_u (local.get $now) (i32.const 8)) (then
        (drop (memory.atomic.wait32 (i32.const 16) (local.get $now) (i64.const -1)))
        (br $again))))
    (i32.atomic.store (i32.const 20) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 20) (i32.const -1)))
    (loop $more
      (if (call $join (i32.load (i32.add (i32.const 1024) (i32.mul (local.get $n) (i32.const 4)))) (i64.const -1) (i32.const 12))
        (then unreachable))
      (if (i32.load (i32.const 12)) (then (return (i32.load (i32.const 12)))))
      (br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    ;; Main's block is its own, too.
    (if (i32.ne (i32.load (global.get $__tls_base)) (i32.const 0x6d6f6f6c)) (then (return (i32.const 7))))
    (i32.load offset=132 (global.get $__tls_base))))
