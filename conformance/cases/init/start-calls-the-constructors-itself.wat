;;! summary = "where the entry is _start, the constructors run when it calls them, and not before"
;;! clauses = ["init-7", "init-8"]
;;! [expect]
;;! return = ["i32:1"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (func $constructors (export "__wasm_call_ctors") (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1))))
  (func (export "_start") (result i32)
    (if (i32.atomic.load (i32.const 16)) (then (return (i32.const 10))))
    (call $constructors)
    (i32.atomic.load (i32.const 16))))
