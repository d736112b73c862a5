;;! summary = "in a 64-bit memory a thread that asked for 100000 bytes of stack fills them beside one with the default"
;;! clauses = ["stacks-4", "stacks-1"]
;;! requires = ["spawn", "memory64"]
;;! [limits]
;;! stack-size = 16384
;;! [expect]
;;! return = ["i64:0"]
(module
  (import "env" "memory" (memory i64 2 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i64) (i64.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Attributes at 32: 16 bytes, no flags, the size.
  (data (i64.const 32) "\10\00\00\00" "\00\00\00\00" "\a0\86\01\00\00\00\00\00")
  ;; The argument is the size; its low byte is what fills it. How many have filled theirs is counted at 16; each looks when both have.
  (func $child (param $size i64) (result i64) (local $low i64) (local $byte i32)
    (local.set $byte (i32.and (i32.wrap_i64 (local.get $size)) (i32.const 255)))
    (if (i64.ne (i64.and (global.get $__stack_pointer) (i64.const 15)) (i64.const 0)) (then (return (i64.const 1))))
    (local.set $low (i64.sub (global.get $__stack_pointer) (local.get $size)))
    (memory.fill (local.get $low) (local.get $byte) (local.get $size))
    (if (i32.eqz (i32.atomic.rmw.add (i64.const 16) (i32.const 1)))
      (then (drop (memory.atomic.wait32 (i64.const 16) (i32.const 1) (i64.const -1))))
      (else (drop (memory.atomic.notify (i64.const 16) (i32.const -1)))))
    (loop $more
      (if (i32.ne (i32.load8_u (local.get $low)) (local.get $byte)) (then (return (i64.const 1))))
      (br_if $more (i64.lt_u (local.tee $low (i64.add (local.get $low) (i64.const 1))) (global.get $__stack_pointer))))
    (i64.const 0))
  (func (export "main") (result i64)
    (if (call $spawn (i64.const 1) (i64.const 16384) (i64.const 0) (i64.const 8)) (then unreachable))
    (if (call $spawn (i64.const 1) (i64.const 100000) (i64.const 32) (i64.const 12)) (then unreachable))
    (if (call $join (i32.load (i64.const 8)) (i64.const -1) (i64.const 64)) (then unreachable))
    (if (call $join (i32.load (i64.const 12)) (i64.const -1) (i64.const 72)) (then unreachable))
    (i64.add (i64.load (i64.const 64)) (i64.load (i64.const 72)))))
