;;! summary = "a load just past the memory in the main thread is a trap of its kind, in the innermost function"
;;! clauses = ["traps-2", "traps-15"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1, function = "innermost" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func $innermost (result i32) (i32.load (i32.const 65536)))
  (func $outer (param i32) (result i32) (i32.add (call $innermost) (local.get 0)))
  (func (export "main") (result i32) (call $outer (i32.const 1))))
