;;! summary = "a memory that says it has pages of 64 KiB is as one that does not say so"
;;! clauses = ["threadify-15"]
;;! [expect]
;;! return = ["i32:2"]
(module
  (memory 2 4 shared (pagesize 65536))
  (func (export "main") (result i32) (memory.size)))
