;;! summary = "a notify at an odd address traps, even if it would wake no thread"
;;! clauses = ["traps-16"]
;;! [expect]
;;! trap = { kind = "unaligned-atomic", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (drop (memory.atomic.notify (i32.const 17) (i32.const 0)))
    (i32.const 0)))
