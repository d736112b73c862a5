;;! summary = "a spawn with a name that is not in memory as a whole is refused, and starts nothing"
;;! clauses = ["arguments-4", "arguments-2"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 0 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32) unreachable)
  ;; The first address that is none.
  (func $end (result i32) (i32.shl (memory.size) (i32.const 16)))
  ;; Whether it is not FAULT, or an id is stored. The attributes at 32: the last fields are the name and its length.
  (func $wrong (param $name i32) (param $len i32) (result i32)
    (i32.store (i32.const 32) (i32.const 20))
    (i32.store (i32.const 44) (local.get $name))
    (i32.store (i32.const 48) (local.get $len))
    (i32.store (i32.const 8) (i32.const 1234))
    (i32.or
      (i32.ne (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 8)) (i32.const 8))
      (i32.ne (i32.load (i32.const 8)) (i32.const 1234))))
  (func (export "main") (result i32)
    ;; Beyond the end, with lengths that are negative or carry past 32 bits among them.
    (if (call $wrong (call $end) (i32.const 1)) (then (return (i32.const 1))))
    (if (call $wrong (i32.sub (call $end) (i32.const 4)) (i32.const 5)) (then (return (i32.const 2))))
    (if (call $wrong (i32.const 0) (i32.add (call $end) (i32.const 1))) (then (return (i32.const 3))))
    (if (call $wrong (i32.const 64) (i32.const -1)) (then (return (i32.const 4))))
    (if (call $wrong (i32.const 64) (i32.const -64)) (then (return (i32.const 5))))
    (if (call $wrong (i32.const -8) (i32.const 8)) (then (return (i32.const 6))))
    (if (call $wrong (i32.const -8) (i32.const 72)) (then (return (i32.const 7))))
    (if (call $wrong (i32.const -1) (i32.const 1)) (then (return (i32.const 8))))
    (i32.const 0)))
