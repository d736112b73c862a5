;;! summary = "two globals that are moved down and up again might each be the stack pointer"
;;! clauses = ["threadify-10"]
;;! [expect]
;;! threadify-error = { code = "TF0009" }
(module
  (memory 4 8 shared)
  (global (mut i32) (i32.const 65536))
  (global (mut i32) (i32.const 131072))
  (func (param i32)
    (global.set 0 (local.tee 0 (i32.sub (global.get 0) (i32.const 16))))
    (global.set 0 (i32.add (local.get 0) (i32.const 16))))
  (func (param i32)
    (global.set 1 (local.tee 0 (i32.sub (global.get 1) (i32.const 16))))
    (global.set 1 (i32.add (local.get 0) (i32.const 16))))
  (func (export "main") (result i32) (i32.const 0)))
