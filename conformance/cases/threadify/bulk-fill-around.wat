;;! summary = "a long fill that would begin again at address 0 is the same trap"
;;! clauses = ["threadify-37"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", function = "program" }
(module
  (import "env" "memory" (memory 4 4 shared))
  (func $program (param $len i32)
    (memory.fill (i32.const -0x10000) (i32.const 1) (local.get $len)))
  (func (export "main") (call $program (i32.const 0x20001))))
