;;! summary = "an active segment counts as dropped once it was written: no thread can copy from it"
;;! clauses = ["init-1"]
;;! [expect]
;;! trap = { kind = "memory-out-of-bounds", thread = 1 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (data $active (i32.const 64) "loom")
  (func (export "main") (result i32)
    ;; Nothing can be copied from a dropped segment; a byte cannot.
    (memory.init $active (i32.const 128) (i32.const 0) (i32.const 0))
    (memory.init $active (i32.const 128) (i32.const 0) (i32.const 1))
    (i32.const 0)))
