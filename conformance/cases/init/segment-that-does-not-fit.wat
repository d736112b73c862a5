;;! summary = "a segment that ends outside memory traps before main"
;;! clauses = ["init-3"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
;;! stdout = ""
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (data (i32.const 65534) "loom")
  (func (export "main") (result i32) (call $write (i32.const 1) (i32.const 0) (i32.const 1))))
