;;! summary = "when main returns, no destructor of a child that still runs is called"
;;! clauses = ["end-4", "end-23"]
;;! requires = ["spawn", "kill"]
;;! [expect]
;;! return = ["i32:1"]
;;! stdout = ""
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "tls_create" (func $tls_create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $tls_set (param i32 i32) (result i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $child $destructor)
  (data (i32.const 32) "destroyed")
  ;; The key is at 8. The child says at 16 that its value is set.
  (func $destructor (param i32) (drop (call $write (i32.const 1) (i32.const 32) (i32.const 9))))
  (func $child (param i32) (result i32)
    (if (call $tls_set (i32.load (i32.const 8)) (i32.const 1)) (then unreachable))
    (i32.atomic.store (i32.const 16) (i32.const 1))
    (loop $forever (br $forever))
    unreachable)
  (func (export "main") (result i32)
    (if (call $tls_create (i32.const 2) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (loop $not_yet
      (call $yield)
      (br_if $not_yet (i32.eqz (i32.atomic.load (i32.const 16)))))
    (i32.const 1)))
