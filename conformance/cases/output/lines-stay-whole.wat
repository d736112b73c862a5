;;! summary = "lines that four threads write at the same time, each in one call, stay whole"
;;! clauses = ["output-4"]
;;! requires = ["spawn"]
;;! [expect]
;;! histogram = { allowed = ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "cccccccccccccccccccccccccccccc", "dddddddddddddddddddddddddddddd"] }
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; Writes a line of its letter 300 times; the line is where the letter's number in 64 bytes says.
  (func $start (param $letter i32) (result i32)
    (local $at i32) (local $round i32)
    (local.set $at (i32.shl (local.get $letter) (i32.const 6)))
    (memory.fill (local.get $at) (local.get $letter) (i32.const 30))
    (i32.store8 offset=30 (local.get $at) (i32.const 10))
    (loop $next
      (if (call $write (i32.const 1) (local.get $at) (i32.const 31)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 300))))
    (i32.const 0))
  (func (export "main")
    (local $letter i32)
    (local.set $letter (i32.const 97))
    (loop $next
      (if (call $spawn (i32.const 1) (local.get $letter) (i32.const 0) (i32.shl (local.get $letter) (i32.const 2)))
        (then unreachable))
      (br_if $next (i32.lt_u (local.tee $letter (i32.add (local.get $letter) (i32.const 1))) (i32.const 101))))
    (loop $next
      (local.set $letter (i32.sub (local.get $letter) (i32.const 1)))
      (if (call $join (i32.load (i32.shl (local.get $letter) (i32.const 2))) (i64.const -1) (i32.const 0))
        (then unreachable))
      (br_if $next (i32.gt_u (local.get $letter) (i32.const 97))))))
