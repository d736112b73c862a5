;; Two threads, one after the other, wait until an import of the embedder's own has woken them.
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "own" "wake" (func $wake (result i32)))
  (import "own" "wakeAll" (func $wakeAll (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1)))
    (i32.const 0))
  (func $begin
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable)))
  (func $end
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 24)) (then unreachable)))
  (func (export "main")
    (call $begin)
    (loop $again (br_if $again (i32.eqz (call $wake))))
    (call $end)
    (call $begin)
    (loop $again (br_if $again (i32.eqz (call $wakeAll))))
    (call $end)))
