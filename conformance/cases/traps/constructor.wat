;;! summary = "a trap in a constructor is a trap of the main thread"
;;! clauses = ["traps-18"]
;;! [expect]
;;! trap = { kind = "division-by-zero", thread = 1, function = "constructor" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func $constructor (drop (i32.div_u (i32.const 1) (i32.load (i32.const 16)))))
  (func (export "__wasm_call_ctors") (call $constructor))
  (func (export "main") (result i32) (i32.const 0)))
