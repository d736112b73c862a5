;;! summary = "a long copy from past the end of the memory is the trap that a short one is"
;;! clauses = ["threadify-37"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", function = "program" }
(module
  (import "env" "memory" (memory 4 4 shared))
  (func $program (param $len i32)
    (memory.copy (i32.const 0) (i32.const 0x20000) (local.get $len)))
  (func (export "main") (call $program (i32.const 0x20001))))
