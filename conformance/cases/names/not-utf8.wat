;;! summary = "a name that is not UTF-8 is refused, and the thread keeps the one that it has"
;;! clauses = ["names-5"]
;;! [expect]
;;! trap = { kind = "unreachable", thread = 1, thread-name = "kept" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_set_name" (func $set_name (param i32 i32) (result i32)))
  (data (i32.const 64) "kept")
  ;; Bytes that begin nothing, half a character, one in too many bytes, a surrogate, one beyond the last.
  (data (i32.const 80) "a\ff" "b\c3" "\c0\80" "\80c" "\ed\a0\80" "\f4\90\80\80")
  ;; Whether it is refused as INVALID.
  (func $refused (param $at i32) (param $len i32) (result i32)
    (i32.eq (call $set_name (local.get $at) (local.get $len)) (i32.const 2)))
  (func (export "main") (result i32)
    (if (call $set_name (i32.const 64) (i32.const 4)) (then (return (i32.const 1))))
    (if (i32.eqz (call $refused (i32.const 80) (i32.const 2))) (then (return (i32.const 2))))
    (if (i32.eqz (call $refused (i32.const 82) (i32.const 2))) (then (return (i32.const 3))))
    (if (i32.eqz (call $refused (i32.const 84) (i32.const 2))) (then (return (i32.const 4))))
    (if (i32.eqz (call $refused (i32.const 86) (i32.const 2))) (then (return (i32.const 5))))
    (if (i32.eqz (call $refused (i32.const 88) (i32.const 3))) (then (return (i32.const 6))))
    (if (i32.eqz (call $refused (i32.const 91) (i32.const 4))) (then (return (i32.const 7))))
    unreachable))
