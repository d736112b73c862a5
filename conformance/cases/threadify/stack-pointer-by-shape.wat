;;! summary = "the first global, before one that is 0, is the stack pointer if it goes down and up again by multiples of 16"
;;! clauses = ["threadify-26"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 2 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global (mut i32) (i32.const 65536))
  ;; Where wasm-ld puts the base of the thread-local variables.
  (global (mut i32) (i32.const 0))
  (table 2 funcref)
  (elem (i32.const 1) 2)
  ;; Function 2: returns what the global begins with.
  (func (param i32) (result i32)
    (global.set 0 (local.tee 0 (i32.sub (global.get 0) (i32.const 32))))
    (global.set 0 (i32.add (local.get 0) (i32.const 32)))
    (global.get 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (i32.lt_u (i32.load (i32.const 12)) (i32.const 0x20000))))
