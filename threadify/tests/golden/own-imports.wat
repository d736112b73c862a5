;; A module that imports all three calls is pointed at them: no hooks.
(module
  (import "raddle_v1" "notify" (func $notify (param i32 i32) (result i32)))
  (import "raddle_v1" "wait64" (func $wait64 (param i32 i64 i64) (result i32)))
  (import "raddle_v1" "wait32" (func $wait32 (param i32 i32 i64) (result i32)))
  (import "env" "memory" (memory 1 4 shared))
  (func (export "f") (param i32 i32 i64) (result i32)
    (memory.atomic.wait32 offset=8 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "g") (param i32) (result i32)
    (memory.atomic.notify (local.get 0) (i32.const 1))))
