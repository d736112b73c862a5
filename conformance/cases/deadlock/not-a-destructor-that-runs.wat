;;! summary = "a thread that has returned wakes in a destructor the one that waits for ever"
;;! clauses = ["deadlock-13"]
;;! requires = ["spawn"]
;;! timeout-ms = 60000
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "tls_create" (func $tls_create (param i32 i32) (result i32)))
  (import "raddle_v1" "tls_set" (func $tls_set (param i32 i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $child $destructor)
  ;; The key is at 12. The value is how often the destructor yields before it sets the word at 64.
  (func $destructor (param $i i32)
    (loop $more
      (call $yield)
      (br_if $more (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 64) (i32.const -1))))
  (func $child (param i32) (result i32) (call $tls_set (i32.load (i32.const 12)) (i32.const 200)))
  (func (export "main") (result i32)
    (if (call $tls_create (i32.const 2) (i32.const 12)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
    (i32.sub (i32.atomic.load (i32.const 64)) (i32.const 1))))
