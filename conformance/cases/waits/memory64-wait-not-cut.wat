;;! summary = "a 64-bit address of the import wait32 is not cut to 32 bits"
;;! clauses = ["waits-11"]
;;! requires = ["memory64"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (import "raddle_v1" "wait32" (func $wait32 (param i64 i32 i64) (result i32)))
  (func (export "main") (result i32)
    (call $wait32 (i64.const 0x100000008) (i32.const 1) (i64.const 0))))
