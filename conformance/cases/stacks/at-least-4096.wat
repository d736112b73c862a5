;;! summary = "a child of an embedder who asks for a byte of stack, and one whose spawner does, each have 4096"
;;! clauses = ["stacks-5", "stacks-1"]
;;! requires = ["spawn"]
;;! [limits]
;;! stack-size = 1
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 2 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Attributes at 32: 12 bytes, no flags, a byte of stack.
  (data (i32.const 32) "\0c\00\00\00" "\00\00\00\00" "\01\00\00\00")
  ;; Whether a range of memory holds nothing but a byte.
  (func $is_all (param $at i32) (param $end i32) (param $byte i32) (result i32)
    (loop $more
      (if (i32.ne (i32.load8_u (local.get $at)) (local.get $byte)) (then (return (i32.const 0))))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end))))
    (i32.const 1))
  ;; How many have filled theirs is counted at 16; each looks when both have.
  (func $child (param $byte i32) (result i32) (local $low i32)
    (local.set $low (i32.sub (global.get $__stack_pointer) (i32.const 4096)))
    (memory.fill (local.get $low) (local.get $byte) (i32.const 4096))
    (if (i32.eqz (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
      (then (drop (memory.atomic.wait32 (i32.const 16) (i32.const 1) (i64.const -1))))
      (else (drop (memory.atomic.notify (i32.const 16) (i32.const -1)))))
    (i32.eqz (call $is_all (local.get $low) (global.get $__stack_pointer) (local.get $byte))))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0xaa) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0xbb) (i32.const 32) (i32.const 12)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 20)) (then unreachable))
    (if (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 24)) (then unreachable))
    (i32.add (i32.load (i32.const 20)) (i32.load (i32.const 24)))))
