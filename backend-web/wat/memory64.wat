;; 16 GiB is the most that Chromium allows a 64-bit memory to declare.
;; The guest's memory, with 64-bit addresses: operations on a shared memory that the host module does not have itself.
(module
  (import "" "memory" (memory i64 0 262144 shared))
  (func (export "byte_len") (result i64) (i64.mul (memory.size) (i64.const 65536)))
  (func (export "load32") (param i64) (result i32) (i32.atomic.load (local.get 0)))
  (func (export "load64") (param i64) (result i64) (i64.atomic.load (local.get 0)))
  (func (export "store32") (param i64 i32) (i32.atomic.store (local.get 0) (local.get 1)))
  (func (export "store64") (param i64 i64) (i64.atomic.store (local.get 0) (local.get 1)))
  (func (export "compare_exchange32") (param i64 i32 i32) (result i32)
    (i32.atomic.rmw.cmpxchg (local.get 0) (local.get 1) (local.get 2)))
  (func (export "read8") (param i64) (result i32) (i32.load8_u (local.get 0)))
  (func (export "read64") (param i64) (result i64) (i64.load align=1 (local.get 0)))
  (func (export "write8") (param i64 i32) (i32.store8 (local.get 0) (local.get 1)))
  (func (export "write64") (param i64 i64) (i64.store align=1 (local.get 0) (local.get 1)))
  (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0))))
