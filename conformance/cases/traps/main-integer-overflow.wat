;;! summary = "a division of the lowest integer by -1 in the main thread is a trap of its kind, in the innermost function"
;;! clauses = ["traps-6", "traps-15"]
;;! [expect]
;;! trap = { kind = "integer-overflow", thread = 1, function = "innermost" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func $innermost (result i32) (i32.div_s (i32.const 0x80000000) (i32.const -1)))
  (func $outer (param i32) (result i32) (i32.add (call $innermost) (local.get 0)))
  (func (export "main") (result i32) (call $outer (i32.const 1))))
