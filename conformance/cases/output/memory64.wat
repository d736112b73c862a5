;;! summary = "with a 64-bit memory text is written from where it lies"
;;! clauses = ["output-1"]
;;! requires = ["memory64"]
;;! [expect]
;;! return = ["i32:0"]
;;! stdout = "across a page's end"
(module
  (import "env" "memory" (memory i64 2 2 shared))
  (import "raddle_v1" "write" (func $write (param i32 i64 i64) (result i32)))
  (data (i64.const 65527) "across a page's end")
  (func (export "main") (result i32) (call $write (i32.const 1) (i64.const 65527) (i64.const 19))))
