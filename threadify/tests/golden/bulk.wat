;; Bulk operations that may take long go in steps; those that are short whatever happens stay as they are.
(module
  (import "env" "memory" (memory 1 4 shared))
  (type $f (func))
  (table $t 1 funcref)
  (table $e 1 (ref null extern))
  (table $typed 1 (ref null $f))
  (table $wide i64 1 funcref)
  (elem $elements func $stay)
  (data $short "short")
  (data $long "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")
  (func $stay (param $n i32)
    (memory.fill (i32.const 0) (i32.const 1) (i32.const 1024))
    (memory.copy (i32.const 0) (i32.const 8) (i32.const 24))
    (memory.init $short (i32.const 0) (i32.const 0) (local.get $n))
    (memory.init $long (i32.const 0) (i32.const 0) (i32.const 1024))
    (data.drop $short)
    (elem.drop $elements)
    ;; The first two bytes of a memory.fill, in a constant.
    (drop (i32.const 0x5fc)))
  (func $go (param $n i32) (param $w i64)
    (memory.fill (i32.const 0) (i32.const 1) (local.get $n))
    (memory.fill (i32.const 0) (i32.const 1) (i32.const 1025))
    (memory.copy (i32.const 0) (i32.const 8) (local.get $n))
    (memory.init $long (i32.const 0) (i32.const 0) (local.get $n))
    (memory.init $long (i32.const 0) (i32.const 0) (i32.const 1025))
    (table.fill $t (i32.const 0) (ref.null func) (i32.const 1))
    (table.fill $e (i32.const 0) (ref.null extern) (local.get $n))
    (table.fill $wide (i64.const 0) (ref.null func) (local.get $w))
    (table.copy $t $typed (i32.const 0) (i32.const 0) (local.get $n))
    (table.copy $t $t (i32.const 0) (i32.const 0) (local.get $n))
    (table.copy $wide $t (i64.const 0) (i32.const 0) (local.get $n))
    (table.init $t $elements (i32.const 0) (i32.const 0) (local.get $n))
    (table.init $wide $elements (i64.const 0) (i32.const 0) (local.get $n))
    (drop (table.grow $typed (ref.null $f) (local.get $n)))
    (drop (table.grow $wide (ref.null func) (local.get $w)))))
