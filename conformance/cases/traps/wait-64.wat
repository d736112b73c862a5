;;! summary = "a wait at an address of a 64-bit memory is not cut to 32 bits"
;;! clauses = ["traps-16"]
;;! requires = ["memory64"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (func (export "main") (result i32) (memory.atomic.wait32 (i64.const 0x100000010) (i32.const 0) (i64.const 0))))
