;;! summary = "in a module without a table a spawn returns INVALID, and stores nothing"
;;! clauses = ["threadify-28"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:2"]
;;! threads = { spawned = 0 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (func (export "main") (result i32)
    (i32.store (i32.const 8) (i32.const 1234))
    (i32.add
      (call $spawn (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 8))
      (i32.ne (i32.load (i32.const 8)) (i32.const 1234)))))
