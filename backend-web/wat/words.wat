;; The control words: operations on a shared memory that the host module does not have itself. Addresses are in bytes.
(module
  (import "" "memory" (memory 0 65536 shared))
  (func (export "load") (param i32) (result i32) (i32.atomic.load (local.get 0)))
  (func (export "store") (param i32 i32) (i32.atomic.store (local.get 0) (local.get 1)))
  (func (export "swap") (param i32 i32) (result i32) (i32.atomic.rmw.xchg (local.get 0) (local.get 1)))
  (func (export "compare_exchange") (param i32 i32 i32) (result i32)
    (i32.atomic.rmw.cmpxchg (local.get 0) (local.get 1) (local.get 2)))
  (func (export "add") (param i32 i32) (result i32) (i32.atomic.rmw.add (local.get 0) (local.get 1)))
  (func (export "sub") (param i32 i32) (result i32) (i32.atomic.rmw.sub (local.get 0) (local.get 1)))
  (func (export "or") (param i32 i32) (result i32) (i32.atomic.rmw.or (local.get 0) (local.get 1)))
  ;; The greater of a 64-bit number and the one that is there, which becomes that.
  (func (export "raise64") (param $at i32) (param $value i64) (result i64)
    (local $found i64)
    (local.set $found (i64.atomic.load (local.get $at)))
    (loop $again
      (if (i64.ge_u (local.get $found) (local.get $value)) (then (return (local.get $found))))
      (br_if $again
        (i64.ne
          (local.get $found)
          (local.tee $found (i64.atomic.rmw.cmpxchg (local.get $at) (local.get $found) (local.get $value))))))
    (local.get $value))
  (func (export "fence") (atomic.fence))
  (func (export "wait") (param i32 i32 i64) (result i32)
    (memory.atomic.wait32 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "notify") (param i32 i32) (result i32) (memory.atomic.notify (local.get 0) (local.get 1)))
  (func (export "trap") (unreachable)))
