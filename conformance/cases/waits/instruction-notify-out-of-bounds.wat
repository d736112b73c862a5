;;! summary = "the instruction memory.atomic.notify traps beyond the end of memory"
;;! clauses = ["waits-11", "waits-10"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (memory.atomic.notify offset=16 (i32.sub (i32.shl (memory.size) (i32.const 16)) (i32.const 16)) (i32.const -1))))
