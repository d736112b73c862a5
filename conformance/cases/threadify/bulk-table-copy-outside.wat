;;! summary = "a long copy from past the end of a table is the trap that a short one is"
;;! clauses = ["threadify-37"]
;;! [expect]
;;! trap = { kind = "table-out-of-bounds", function = "program" }
(module
  (import "env" "memory" (memory 4 4 shared))
  (table 0x20001 funcref)
  (func $program (param $len i32)
    (table.copy (i32.const 0) (i32.const 1) (local.get $len)))
  (func (export "main") (call $program (i32.const 0x20001))))
