;;! summary = "a memory whose maximum is its initial size can grow, and its new pages can be used"
;;! clauses = ["threadify-21"]
;;! [expect]
;;! return = ["i32:42"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32)
    (if (i32.ne (memory.grow (i32.const 3)) (i32.const 1)) (then (return (i32.const 1))))
    (i32.store (i32.const 0x3fffc) (i32.const 42))
    (i32.load (i32.const 0x3fffc))))
