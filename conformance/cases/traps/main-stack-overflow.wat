;;! summary = "a recursion without end in the main thread is a trap of its kind, in the innermost function"
;;! clauses = ["traps-9", "traps-15"]
;;! [expect]
;;! trap = { kind = "stack-overflow", thread = 1, function = "innermost" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func $innermost (result i32) (i32.add (call $innermost) (i32.const 1)))
  (func $outer (param i32) (result i32) (i32.add (call $innermost) (local.get 0)))
  (func (export "main") (result i32) (call $outer (i32.const 1))))
