;;! summary = "a handler that catches everything does not catch an exit, of its own thread or of another; some hosts have no exceptions"
;;! clauses = ["end-24"]
;;! requires = ["spawn"]
;;! [expect]
;;! one-of = [{ exit = 3 }, { load-error = {} }]
;;! stdout = ""
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (data (i32.const 32) "caught")
  (func $caught (drop (call $write (i32.const 1) (i32.const 32) (i32.const 6))))
  (func $child (param i32) (result i32)
    (block $handler (try_table (catch_all $handler) (call $exit (i32.const 3))))
    (call $caught)
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (block $handler
      (try_table (catch_all $handler)
        (loop $again (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1))) (br $again))))
    (call $caught)
    (i32.const 0)))
