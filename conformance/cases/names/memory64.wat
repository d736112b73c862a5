;;! summary = "with a 64-bit memory the attributes' last three fields have 64 bits"
;;! clauses = ["names-1", "names-7"]
;;! requires = ["spawn", "memory64"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 2, thread-name = "wörker" }
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; The attributes at 32: size, flags, stack size, name and its length.
  (data (i64.const 32)
    "\20\00\00\00" "\00\00\00\00" "\00\00\00\00\00\00\00\00" "\40\00\00\00\00\00\00\00" "\07\00\00\00\00\00\00\00")
  (data (i64.const 64) "wörker")
  (func $start (param i64) (result i64) unreachable)
  (func (export "main") (result i32)
    (if (call $spawn (i64.const 1) (i64.const 0) (i64.const 32) (i64.const 8)) (then (return (i32.const 1))))
    (call $join (i32.load (i64.const 8)) (i64.const -1) (i64.const 0))))
