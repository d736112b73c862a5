;;! summary = "with a 64-bit memory, too, a field that the size does not cover is not read"
;;! clauses = ["names-6", "names-7"]
;;! requires = ["spawn", "memory64"]
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 28 }
(module
  (import "env" "memory" (memory i64 1 32 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
  ;; With a stack, so that a stack's size is read if it is there.
  (global $__stack_pointer (export "__stack_pointer") (mut i64) (i64.const 65536))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i64) (result i64) (i64.const 0))
  (func $attempt (result i32) (call $spawn (i64.const 1) (i64.const 0) (i64.const 32) (i64.const 8)))
  (func (export "main") (result i32)
    (local $size i32)
    ;; The attributes at 32. A field that is covered is 0, one that is not is all ones.
    (local.set $size (i32.const 4))
    (loop $next
      (memory.fill (i64.const 32) (i32.const 0xff) (i64.const 48))
      (i32.store (i64.const 32) (local.get $size))
      (if (i32.ge_u (local.get $size) (i32.const 8)) (then (i32.store (i64.const 36) (i32.const 0))))
      (if (i32.ge_u (local.get $size) (i32.const 16)) (then (i64.store (i64.const 40) (i64.const 0))))
      (if (call $attempt) (then (return (local.get $size))))
      (if (call $join (i32.load (i64.const 8)) (i64.const -1) (i64.const 0)) (then (return (local.get $size))))
      (br_if $next (i32.lt_u (local.tee $size (i32.add (local.get $size) (i32.const 1))) (i32.const 32))))
    ;; FAULT: now the name is there.
    (i32.store (i64.const 32) (i32.const 32))
    (if (i32.ne (call $attempt) (i32.const 8)) (then (return (i32.const 100))))
    ;; AGAIN: so is the stack's size.
    (i32.store (i64.const 32) (i32.const 16))
    (i64.store (i64.const 40) (i64.const -1))
    (if (i32.ne (call $attempt) (i32.const 1)) (then (return (i32.const 101))))
    (i32.const 0)))
