;;! summary = "threads that join each other in a row end at one that waits, and make no cycle"
;;! clauses = ["deadlock-1", "deadlock-3"]
;;! requires = ["spawn", "deadlock-report"]
;;! [expect.deadlock]
;;! threads = [
;;!   { id = 1, for = "join", thread = 2 },
;;!   { id = 2, for = "join", thread = 3 },
;;!   { id = 3, for = "join", thread = 4 },
;;!   { id = 4, for = "memory", address = 64 },
;;! ]
;;! cycles = []
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  ;; The argument is where to store the next one's id; the third child spawns none.
  (func $child (param $out i32) (result i32)
    (if (i32.eq (local.get $out) (i32.const 20))
      (then (return (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))))
    (if (call $spawn (i32.const 1) (i32.add (local.get $out) (i32.const 4)) (i32.const 0) (local.get $out)) (then unreachable))
    (call $join (i32.load (local.get $out)) (i64.const -1) (i32.const 0)))
  (func (export "main") (result i32) (call $child (i32.const 8))))
