;;! summary = "a thread that yields in a loop lets the others come to what it waits for"
;;! clauses = ["clock-5"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:16"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Waits for the word at 8 to be its argument, and sets the next one.
  (func $start (param $mine i32) (result i32)
    (loop $again
      (call $yield)
      (br_if $again (i32.ne (i32.atomic.load (i32.const 8)) (local.get $mine))))
    (i32.atomic.store (i32.const 8) (i32.add (local.get $mine) (i32.const 1)))
    (i32.const 0))
  (func (export "main") (result i32)
    (local $number i32)
    (local.set $number (i32.const 16))
    (loop $next
      (local.set $number (i32.sub (local.get $number) (i32.const 1)))
      (if (call $spawn (i32.const 1) (local.get $number) (i32.const 0) (i32.const 0)) (then unreachable))
      (br_if $next (local.get $number)))
    (loop $again
      (call $yield)
      (br_if $again (i32.ne (i32.atomic.load (i32.const 8)) (i32.const 16))))
    (i32.atomic.load (i32.const 8))))
