;;! summary = "a wait for 32 bits and one for 64 at the same address are woken by the same notify, however each is written"
;;! clauses = ["waits-8", "waits-9"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:4", "i32:4"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "wait32" (func $wait32 (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "wait64" (func $wait64 (param i32 i64 i64) (result i32)))
  (import "raddle_v1" "notify" (func $notify (param i32 i32) (result i32)))
  (table 5 funcref)
  (elem (i32.const 1) $import32 $import64 $instruction32 $instruction64)
  (func $done (param $answer i32) (result i32)
    (if (local.get $answer) (then unreachable))
    (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
  (func $import32 (param i32) (result i32) (call $done (call $wait32 (i32.const 8) (i32.const 0) (i64.const -1))))
  (func $import64 (param i32) (result i32) (call $done (call $wait64 (i32.const 8) (i64.const 0) (i64.const -1))))
  (func $instruction32 (param i32) (result i32)
    (call $done (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1))))
  (func $instruction64 (param i32) (result i32)
    (call $done (memory.atomic.wait64 (i32.const 8) (i64.const 0) (i64.const -1))))
  ;; How many threads one notify after another wakes, of four: by the import, or by the instruction.
  (func $count (param $by_import i32) (result i32)
    (local $function i32) (local $sum i32)
    (i32.atomic.store (i32.const 16) (i32.const 0))
    (loop $next
      (local.set $function (i32.add (local.get $function) (i32.const 1)))
      (if (call $spawn (local.get $function) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
      (br_if $next (i32.lt_u (local.get $function) (i32.const 4))))
    (loop $again
      (call $yield)
      (local.set $sum (i32.add (local.get $sum)
        (if (result i32) (local.get $by_import)
          (then (call $notify (i32.const 8) (i32.const 1)))
          (else (memory.atomic.notify (i32.const 8) (i32.const 1))))))
      (br_if $again (i32.lt_u (i32.atomic.load (i32.const 16)) (i32.const 4))))
    (local.get $sum))
  (func (export "main") (result i32 i32)
    (call $count (i32.const 0))
    (call $count (i32.const 1))))
