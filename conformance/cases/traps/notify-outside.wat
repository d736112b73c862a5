;;! summary = "a notify just past the memory traps, even if it would wake no thread"
;;! clauses = ["traps-16"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (drop (memory.atomic.notify (i32.const 65536) (i32.const 0)))
    (i32.const 0)))
