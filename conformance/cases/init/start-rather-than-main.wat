;;! summary = "of a module with both, _start is called and not main"
;;! clauses = ["init-8"]
;;! [expect]
;;! return = []
;;! stdout = "_start"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (data (i32.const 64) "main")
  (data (i32.const 80) "_start")
  (func (export "main") (drop (call $write (i32.const 1) (i32.const 64) (i32.const 4))))
  (func (export "_start") (drop (call $write (i32.const 1) (i32.const 80) (i32.const 6)))))
