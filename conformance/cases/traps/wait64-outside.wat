;;! summary = "a 64-bit wait just past the memory traps"
;;! clauses = ["traps-16"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (drop (memory.atomic.wait64 (i32.const 65536) (i64.const 0) (i64.const 0)))
    (i32.const 0)))
