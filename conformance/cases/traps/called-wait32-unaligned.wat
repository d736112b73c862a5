;;! summary = "a wait that is an import of the host traps as the instruction does"
;;! clauses = ["traps-16"]
;;! [expect]
;;! trap = { kind = "unaligned-atomic", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "wait32" (func $wait32 (param i32 i32 i64) (result i32)))
  (func (export "main") (result i32)
    (drop (call $wait32 (i32.const 18) (i32.const 0) (i64.const 0)))
    (i32.const 0)))
