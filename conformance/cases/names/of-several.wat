;;! summary = "of several threads each has the name that it gave itself"
;;! clauses = ["names-2", "names-3"]
;;! requires = ["spawn"]
;;! [expect]
;;! trap = { kind = "unreachable", thread-name = "no. 2" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_set_name" (func $set_name (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (data (i32.const 64) "no. 1no. 2no. 3")
  ;; Takes the name at its argument; the thread of the second one traps when all three have theirs.
  (func $start (param $name i32) (result i32)
    (local $named i32)
    (if (call $set_name (local.get $name) (i32.const 5)) (then (return (i32.const 1))))
    (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
    (loop $again
      (local.set $named (i32.atomic.load (i32.const 8)))
      (if (i32.lt_u (local.get $named) (i32.const 3)) (then
        (drop (memory.atomic.wait32 (i32.const 8) (local.get $named) (i64.const -1)))
        (br $again))))
    (if (i32.eq (local.get $name) (i32.const 69)) (then unreachable))
    ;; For ever.
    (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 64) (i32.const 0) (i32.const 16)) (then (return (i32.const 1))))
    (if (call $spawn (i32.const 1) (i32.const 69) (i32.const 0) (i32.const 16)) (then (return (i32.const 2))))
    (if (call $spawn (i32.const 1) (i32.const 74) (i32.const 0) (i32.const 16)) (then (return (i32.const 3))))
    (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 0))))
