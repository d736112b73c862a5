;;! summary = "the instruction memory.atomic.wait32 traps where address and offset together are beyond 32 bits"
;;! clauses = ["waits-11", "waits-10"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (memory.atomic.wait32 offset=0xfffffff0 (i32.const 0x18) (i32.const 0) (i64.const 0))))
