;;! summary = "with a 64-bit memory, too, a mutex that is unaligned or not in memory can be neither locked nor unlocked"
;;! clauses = ["arguments-1"]
;;! requires = ["memory64", "timed-wait"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory i64 1 1 shared))
  (import "raddle_v1" "mutex_lock" (func $lock (param i64 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i64) (result i32)))
  ;; The first address that is none.
  (func $end (result i64) (i64.shl (memory.size) (i64.const 16)))
  ;; Whether anything is not FAULT.
  (func $wrong (param $mutex i64) (result i32)
    (if (i32.ne (call $lock (local.get $mutex) (i64.const -1)) (i32.const 8)) (then (return (i32.const 1))))
    (if (i32.ne (call $lock (local.get $mutex) (i64.const 0)) (i32.const 8)) (then (return (i32.const 1))))
    (if (i32.ne (call $lock (local.get $mutex) (i64.const 600_000_000_000)) (i32.const 8)) (then (return (i32.const 1))))
    (i32.ne (call $unlock (local.get $mutex)) (i32.const 8)))
  (func (export "main") (result i32)
    (if (call $wrong (i64.const 9)) (then (return (i32.const 1))))
    (if (call $wrong (i64.const 10)) (then (return (i32.const 2))))
    (if (call $wrong (i64.const 11)) (then (return (i32.const 3))))
    (if (call $wrong (call $end)) (then (return (i32.const 4))))
    (if (call $wrong (i64.sub (call $end) (i64.const 2))) (then (return (i32.const 5))))
    (if (call $wrong (i64.add (call $end) (i64.const 4))) (then (return (i32.const 6))))
    (if (call $wrong (i64.const 0x100000008)) (then (return (i32.const 7))))
    (if (call $wrong (i64.const 0xffffffff00000008)) (then (return (i32.const 8))))
    (if (call $wrong (i64.const 0x8000000000000000)) (then (return (i32.const 9))))
    (if (call $wrong (i64.const -8)) (then (return (i32.const 10))))
    (if (call $wrong (i64.const -1)) (then (return (i32.const 11))))
    ;; Nothing was changed there, and the last word is as good as any.
    (if (i64.ne (i64.load (i64.const 8)) (i64.const 0)) (then (return (i32.const 12))))
    (if (call $lock (i64.sub (call $end) (i64.const 4)) (i64.const -1)) (then (return (i32.const 13))))
    (call $unlock (i64.sub (call $end) (i64.const 4)))))
