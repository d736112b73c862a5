;;! summary = "the import notify traps beyond the end of memory, even if it would wake no thread"
;;! clauses = ["waits-11"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "notify" (func $notify (param i32 i32) (result i32)))
  (func (export "main") (result i32)
    (call $notify (i32.shl (memory.size) (i32.const 16)) (i32.const 0))))
