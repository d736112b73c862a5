;;! summary = "a null reference that must not be one in the main thread is a trap of its kind, in the innermost function"
;;! clauses = ["traps-11", "traps-15"]
;;! [expect]
;;! trap = { kind = "null-reference", thread = 1, function = "innermost" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func $innermost (result i32)
    (drop (ref.as_non_null (ref.null func)))
    (i32.const 0))
  (func $outer (param i32) (result i32) (i32.add (call $innermost) (local.get 0)))
  (func (export "main") (result i32) (call $outer (i32.const 1))))
