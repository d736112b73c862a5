;;! summary = "a spawn with a name that is not UTF-8 is refused, and starts nothing"
;;! clauses = ["names-5"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 0 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; The attributes at 32: size, flags, stack size, name and its length.
  (data (i32.const 32) "\14\00\00\00" "\00\00\00\00" "\00\00\00\00" "\40\00\00\00" "\05\00\00\00")
  (data (i32.const 64) "bad \fe")
  (func $start (param i32) (result i32) unreachable)
  (func (export "main") (result i32)
    (i32.store (i32.const 8) (i32.const 1234))
    ;; INVALID, and no id is stored.
    (if (i32.ne (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 8)) (i32.const 2))
      (then (return (i32.const 1))))
    (if (i32.ne (i32.load (i32.const 8)) (i32.const 1234)) (then (return (i32.const 2))))
    (i32.const 0)))
