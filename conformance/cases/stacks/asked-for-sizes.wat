;;! summary = "twelve threads at once that asked for stacks of nought to 300000 bytes fill what they asked for, and do not meet"
;;! clauses = ["stacks-4", "stacks-1"]
;;! requires = ["spawn"]
;;! [limits]
;;! stack-size = 16384
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 12 }
(module
  (import "env" "memory" (memory 2 256 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; Attributes at 32: 12 bytes, no flags, the size.
  (data (i32.const 32) "\0c\00\00\00" "\00\00\00\00" "\00\00\00\00")
  ;; What thread n of 1 to 12 asks for, and what it fills.
  (func $asks (param $n i32) (result i32)
    (if (i32.eqz (i32.rem_u (local.get $n) (i32.const 3))) (then (return (i32.const 0))))
    (i32.mul (local.get $n) (i32.const 25000)))
  (func $fills (param $n i32) (result i32)
    (select (call $asks (local.get $n)) (i32.const 16384) (call $asks (local.get $n))))
  ;; Whether a range of memory holds nothing but a byte.
  (func $is_all (param $at i32) (param $end i32) (param $byte i32) (result i32)
    (loop $more
      (if (i32.ne (i32.load8_u (local.get $at)) (local.get $byte)) (then (return (i32.const 0))))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end))))
    (i32.const 1))
  ;; Who has filled its stack is counted at 16; each looks when the word at 20 is set.
  (func $child (param $n i32) (result i32) (local $low i32)
    (local.set $low (i32.sub (global.get $__stack_pointer) (call $fills (local.get $n))))
    (memory.fill (local.get $low) (local.get $n) (call $fills (local.get $n)))
    (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 16) (i32.const 1)))
    (drop (memory.atomic.wait32 (i32.const 20) (i32.const 0) (i64.const -1)))
    (i32.eqz (call $is_all (local.get $low) (global.get $__stack_pointer) (local.get $n))))
  ;; The ids from 1028 on.
  (func (export "main") (result i32) (local $n i32) (local $now i32)
    (loop $more
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (i32.store (i32.const 40) (call $asks (local.get $n)))
      (if (call $spawn (i32.const 1) (local.get $n) (i32.const 32) (i32.add (i32.const 1024) (i32.mul (local.get $n) (i32.const 4))))
        (then (return (i32.const 1))))
      (br_if $more (i32.lt_u (local.get $n) (i32.const 12))))
    (loop $again
      (local.set $now (i32.atomic.load (i32.const 16)))
      (if (i32.lt_u (local.get $now) (i32.const 12)) (then
        (drop (memory.atomic.wait32 (i32.const 16) (local.get $now) (i64.const -1)))
        (br $again))))
    (i32.atomic.store (i32.const 20) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 20) (i32.const -1)))
    (loop $more
      (if (call $join (i32.load (i32.add (i32.const 1024) (i32.mul (local.get $n) (i32.const 4)))) (i64.const -1) (i32.const 12))
        (then (return (i32.const 2))))
      (if (i32.load (i32.const 12)) (then (return (i32.add (local.get $n) (i32.const 10)))))
      (br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32.const 0)))
