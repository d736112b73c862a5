;;! summary = "of two children that trap at once, the outcome has one's kind with the same one's id and name"
;;! clauses = ["traps-14"]
;;! requires = ["spawn"]
;;! repeat = 10
;;! [expect]
;;! one-of = [
;;!   { trap = { kind = "unreachable", thread = 2, thread-name = "warp", function = "warp" } },
;;!   { trap = { kind = "division-by-zero", thread = 3, thread-name = "weft", function = "weft" } },
;;! ]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $warp $weft)
  ;; Attributes at 32 and 64: 20 bytes, no flags, the default stack, the name at 96 or 100. The word at 16 is the start signal.
  (data (i32.const 32) "\14\00\00\00" "\00\00\00\00" "\00\00\00\00" "\60\00\00\00" "\04\00\00\00")
  (data (i32.const 64) "\14\00\00\00" "\00\00\00\00" "\00\00\00\00" "\64\00\00\00" "\04\00\00\00")
  (data (i32.const 96) "warpweft")
  (func $await (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1))))
  (func $warp (param i32) (result i32)
    (call $await)
    unreachable)
  (func $weft (param i32) (result i32)
    (call $await)
    (i32.div_u (i32.const 1) (i32.const 0)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 64) (i32.const 8)) (then unreachable))
    (i32.atomic.store (i32.const 16) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 16) (i32.const -1)))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
