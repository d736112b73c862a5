;;! summary = "a 64-bit address of the import notify is not cut to 32 bits"
;;! clauses = ["waits-11"]
;;! requires = ["memory64"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (import "raddle_v1" "notify" (func $notify (param i64 i32) (result i32)))
  (func (export "main") (result i32)
    (call $notify (i64.const 0xffffffff00000008) (i32.const 0))))
