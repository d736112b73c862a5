;;! summary = "segments are there when main begins; where two overlap, the later one stands"
;;! clauses = ["init-1"]
;;! [expect]
;;! return = ["i32:0"]
;;! stdout = "warp and weft"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (data (i32.const 64) "warp or weft")
  (data (i32.const 69) "and weft")
  (func (export "main") (result i32) (call $write (i32.const 1) (i32.const 64) (i32.const 13))))
