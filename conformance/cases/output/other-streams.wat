;;! summary = "there are two streams, 1 and 2; a write to any other is refused, and is written nowhere"
;;! clauses = ["output-2"]
;;! [expect]
;;! return = ["i32:0"]
;;! stdout = ""
;;! stderr = ""
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (data (i32.const 64) "text")
  ;; Whether it is not INVALID.
  (func $wrong (param $fd i32) (result i32)
    (i32.ne (call $write (local.get $fd) (i32.const 64) (i32.const 4)) (i32.const 2)))
  (func (export "main") (result i32)
    (local $bit i32)
    (if (call $wrong (i32.const 0)) (then (return (i32.const 1))))
    (if (call $wrong (i32.const 3)) (then (return (i32.const 2))))
    (if (call $wrong (i32.const -1)) (then (return (i32.const 3))))
    ;; The numbers of the two with one more bit.
    (local.set $bit (i32.const 2))
    (loop $next
      (if (call $wrong (i32.or (i32.const 1) (i32.shl (i32.const 1) (local.get $bit)))) (then (return (i32.const 4))))
      (if (call $wrong (i32.or (i32.const 2) (i32.shl (i32.const 1) (local.get $bit)))) (then (return (i32.const 5))))
      (br_if $next (i32.lt_u (local.tee $bit (i32.add (local.get $bit) (i32.const 1))) (i32.const 32))))
    (i32.const 0)))
