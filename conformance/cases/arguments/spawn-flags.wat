;;! summary = "a spawn with an unknown flag is refused, and starts nothing"
;;! clauses = ["arguments-3", "arguments-2"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
;;! threads = { spawned = 0 }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32) unreachable)
  ;; Whether it is not INVALID, or an id is stored. The attributes at 32: size and flags.
  (func $wrong (param $flags i32) (result i32)
    (i32.store (i32.const 32) (i32.const 8))
    (i32.store (i32.const 36) (local.get $flags))
    (i32.store (i32.const 8) (i32.const 1234))
    (i32.or
      (i32.ne (call $spawn (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 8)) (i32.const 2))
      (i32.ne (i32.load (i32.const 8)) (i32.const 1234))))
  (func (export "main") (result i32)
    (local $bit i32)
    ;; Each bit but the first, alone and together with that.
    (local.set $bit (i32.const 1))
    (loop $next
      (if (call $wrong (i32.shl (i32.const 1) (local.get $bit))) (then (return (local.get $bit))))
      (if (call $wrong (i32.or (i32.const 1) (i32.shl (i32.const 1) (local.get $bit)))) (then (return (local.get $bit))))
      (br_if $next (i32.lt_u (local.tee $bit (i32.add (local.get $bit) (i32.const 1))) (i32.const 32))))
    (if (call $wrong (i32.const -1)) (then (return (i32.const 100))))
    (i32.const 0)))
