;;! summary = "a notify that is an import of the host traps as the instruction does"
;;! clauses = ["traps-16"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "notify" (func $notify (param i32 i32) (result i32)))
  (func (export "main") (result i32)
    (drop (call $notify (i32.const 65536) (i32.const 0)))
    (i32.const 0)))
