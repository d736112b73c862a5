;;! summary = "the only thread waits for a notify that no thread can send"
;;! clauses = ["deadlock-1"]
;;! requires = ["deadlock-report"]
;;! [expect]
;;! deadlock = { threads = [{ id = 1, for = "memory", address = 256 }], cycles = [] }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result i32) (memory.atomic.wait32 (i32.const 256) (i32.const 0) (i64.const -1))))
