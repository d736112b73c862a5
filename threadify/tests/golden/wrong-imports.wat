;; Imports that are not the ABI's: no host provides them, and waits do not go there.
(module
  (import "raddle_v1" "notify" (func (param i64 i32) (result i32)))
  (import "raddle_v1" "wait64" (func (param i32 i64 i64) (result i32)))
  (import "raddle_v1" "wait32" (func (param i32 i32 i64) (result i32)))
  (import "raddle_v1" "fork" (func))
  (import "raddle_v1" "thread_id" (global i32))
  (import "__wbindgen_placeholder__" "__wbindgen_describe" (func (param i32)))
  (import "env" "memory" (memory 1 4 shared))
  (func (export "f") (param i32) (result i32) (memory.atomic.notify (local.get 0) (i32.const 1))))
