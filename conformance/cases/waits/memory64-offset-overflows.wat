;;! summary = "an offset that carries a 64-bit address past its end does not begin anew at 0"
;;! clauses = ["waits-11", "waits-10"]
;;! requires = ["memory64"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (func (export "main") (result i32)
    (memory.atomic.wait32 offset=24 (i64.const 0xfffffffffffffff0) (i32.const 1) (i64.const 0))))
