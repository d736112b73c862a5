;;! summary = "a name that is not in memory as a whole is refused, and the thread keeps the one that it has"
;;! clauses = ["arguments-4", "arguments-2"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 1, thread-name = "kept" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_set_name" (func $set_name (param i32 i32) (result i32)))
  (data (i32.const 64) "kept")
  ;; The first address that is none.
  (func $end (result i32) (i32.shl (memory.size) (i32.const 16)))
  ;; Whether it is not FAULT.
  (func $wrong (param $name i32) (param $len i32) (result i32)
    (i32.ne (call $set_name (local.get $name) (local.get $len)) (i32.const 8)))
  (func (export "main") (result i32)
    (if (call $set_name (i32.const 64) (i32.const 4)) (then (return (i32.const 100))))
    (if (call $wrong (call $end) (i32.const 1)) (then (return (i32.const 1))))
    (if (call $wrong (i32.sub (call $end) (i32.const 4)) (i32.const 5)) (then (return (i32.const 2))))
    (if (call $wrong (i32.const 0) (i32.add (call $end) (i32.const 1))) (then (return (i32.const 3))))
    (if (call $wrong (i32.const 64) (i32.const -1)) (then (return (i32.const 4))))
    (if (call $wrong (i32.const 64) (i32.const -64)) (then (return (i32.const 5))))
    (if (call $wrong (i32.const -8) (i32.const 8)) (then (return (i32.const 6))))
    (if (call $wrong (i32.const -8) (i32.const 72)) (then (return (i32.const 7))))
    (if (call $wrong (i32.const -1) (i32.const 1)) (then (return (i32.const 8))))
    unreachable))
