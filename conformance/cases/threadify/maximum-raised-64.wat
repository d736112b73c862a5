;;! summary = "a 64-bit memory whose maximum is its initial size can grow, too"
;;! clauses = ["threadify-21"]
;;! requires = ["memory64"]
;;! [expect]
;;! return = ["i32:42"]
(module
  (memory i64 1 1 shared)
  (func (export "main") (result i32)
    (if (i64.ne (memory.grow (i64.const 3)) (i64.const 1)) (then (return (i32.const 1))))
    (i32.store (i64.const 0x3fffc) (i32.const 42))
    (i32.load (i64.const 0x3fffc))))
