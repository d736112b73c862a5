;;! summary = "a load far outside a 64-bit memory is outside"
;;! clauses = ["traps-2"]
;;! requires = ["memory64"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (func (export "main") (result i32) (i32.load (i64.const 0x100000010))))
