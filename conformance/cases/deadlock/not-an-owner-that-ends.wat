;;! summary = "a thread that waits for a mutex, and no other thread is left, gets it when its owner ends, 100 times"
;;! clauses = ["deadlock-10"]
;;! requires = ["spawn"]
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "mutex_unlock" (func $unlock (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $owner)
  ;; The mutex at 16; the owner says at 12 that it has it, and ends. OWNER_DIED is 10.
  (func $owner (param i32) (result i32)
    (if (call $lock (i32.const 16) (i64.const -1)) (then unreachable))
    (i32.atomic.store (i32.const 12) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 12) (i32.const 1)))
    (i32.const 0))
  (func (export "main") (result i32) (local $i i32)
    (loop $more
      (i32.atomic.store (i32.const 12) (i32.const 0))
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
      (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))
      (if (i32.ne (call $lock (i32.const 16) (i64.const -1)) (i32.const 10)) (then unreachable))
      (if (call $unlock (i32.const 16)) (then unreachable))
      (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then unreachable))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 100))))
    (i32.const 0)))
