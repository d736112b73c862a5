;;! summary = "what is written goes to its stream, byte for byte and in order, from any address"
;;! clauses = ["output-1", "output-3"]
;;! [expect]
;;! return = ["i32:0"]
;;! stdout = "to out\nand mo\u0000re, \u007fé€"
;;! stderr = "to err"
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (data (i32.const 65) "to out\0ato errand mo\00re, \7fé€")
  (func (export "main") (result i32)
    (if (call $write (i32.const 1) (i32.const 65) (i32.const 7)) (then (return (i32.const 1))))
    (if (call $write (i32.const 2) (i32.const 72) (i32.const 6)) (then (return (i32.const 2))))
    (if (call $write (i32.const 1) (i32.const 78) (i32.const 6)) (then (return (i32.const 3))))
    ;; Nothing, from the end of memory too.
    (if (call $write (i32.const 1) (i32.const 78) (i32.const 0)) (then (return (i32.const 4))))
    (if (call $write (i32.const 2) (i32.shl (memory.size) (i32.const 16)) (i32.const 0)) (then (return (i32.const 5))))
    ;; A character is cut in two.
    (if (call $write (i32.const 1) (i32.const 84) (i32.const 7)) (then (return (i32.const 6))))
    (if (call $write (i32.const 1) (i32.const 91) (i32.const 4)) (then (return (i32.const 7))))
    (i32.const 0)))
