;;! summary = "a child copies a passive segment that main has dropped, and main one that a child has dropped"
;;! clauses = ["init-5"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
;;! stdout = "warp weft"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (data $warp "warp")
  (data (i32.const 132) " ")
  (data $weft "weft")
  (func $child (param i32) (result i32)
    (memory.init $warp (i32.const 128) (i32.const 0) (i32.const 4))
    (data.drop $weft)
    (i32.const 0))
  (func (export "main") (result i32)
    (data.drop $warp)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then unreachable))
    (memory.init $weft (i32.const 133) (i32.const 0) (i32.const 4))
    (call $write (i32.const 1) (i32.const 128) (i32.const 9))))
