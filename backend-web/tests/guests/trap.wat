;; The main thread joins a thread with a name, which traps.
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; The attributes: their size, flags, the stack's size, the name and its length.
  (data (i32.const 32) "\14\00\00\00" "\00\00\00\00" "\00\00\00\00" "\c0\00\00\00" "\07\00\00\00")
  (data (i32.const 192) "divider")
  (func $start (param $zero i32) (result i32)
    ;; The main thread is blocked by then, as likely as not; the outcome is the same.
    (drop (call $sleep (i64.const 50000000)))
    (i32.div_u (i32.const 1) (local.get $zero)))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 8)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 16))))
