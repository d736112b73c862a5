;; Bulk operations on a memory with 64-bit addresses.
(module
  (import "env" "memory" (memory i64 1 4 shared))
  (func (param $n i64)
    (memory.fill (i64.const 0) (i32.const 1) (local.get $n))
    (memory.copy (i64.const 0) (i64.const 8) (local.get $n))))
