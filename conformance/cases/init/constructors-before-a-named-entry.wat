;;! summary = "the constructors have run before an entry that is named, too"
;;! clauses = ["init-7"]
;;! entry = "weave"
;;! [expect]
;;! return = ["i32:1"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "__wasm_call_ctors") (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1))))
  (func (export "weave") (result i32) (i32.atomic.load (i32.const 16))))
