;; The guest's memory, with 32-bit addresses: operations on a shared memory that the host module does not have itself.
(module
  (import "" "memory" (memory 0 65536 shared))
  (func (export "byte_len") (result i64) (i64.mul (i64.extend_i32_u (memory.size)) (i64.const 65536)))
  (func (export "load32") (param i64) (result i32) (i32.atomic.load (i32.wrap_i64 (local.get 0))))
  (func (export "load64") (param i64) (result i64) (i64.atomic.load (i32.wrap_i64 (local.get 0))))
  (func (export "store32") (param i64 i32) (i32.atomic.store (i32.wrap_i64 (local.get 0)) (local.get 1)))
  (func (export "store64") (param i64 i64) (i64.atomic.store (i32.wrap_i64 (local.get 0)) (local.get 1)))
  (func (export "compare_exchange32") (param i64 i32 i32) (result i32)
    (i32.atomic.rmw.cmpxchg (i32.wrap_i64 (local.get 0)) (local.get 1) (local.get 2)))
  (func (export "read8") (param i64) (result i32) (i32.load8_u (i32.wrap_i64 (local.get 0))))
  (func (export "read64") (param i64) (result i64) (i64.load align=1 (i32.wrap_i64 (local.get 0))))
  (func (export "grow") (param i64) (result i64) (i64.extend_i32_s (memory.grow (i32.wrap_i64 (local.get 0))))))
