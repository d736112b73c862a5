;;! summary = "the instruction unreachable in the main thread is a trap of its kind, in the innermost function"
;;! clauses = ["traps-1", "traps-15"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 1, function = "innermost" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func $innermost (result i32) unreachable)
  (func $outer (param i32) (result i32) (i32.add (call $innermost) (local.get 0)))
  (func (export "main") (result i32) (call $outer (i32.const 1))))
