;;! summary = "two threads that write until they may not share one limit: not a write too many, nor one too few"
;;! clauses = ["limits-12"]
;;! requires = ["spawn"]
;;! [limits]
;;! max-output = 100
;;! [expect]
;;! return = ["i32:33"]
;;! stdout = "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $writes)
  (data (i32.const 64) "abc")
  ;; Returns how many were made.
  (func $writes (param i32) (result i32) (local $made i32)
    (loop $more
      (if (i32.eqz (call $write (i32.const 1) (i32.const 64) (i32.const 3))) (then
        (local.set $made (i32.add (local.get $made) (i32.const 1)))
        (br $more))))
    (local.get $made))
  (func (export "main") (result i32) (local $made i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (local.set $made (call $writes (i32.const 0)))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (i32.add (local.get $made) (i32.load (i32.const 12)))))
