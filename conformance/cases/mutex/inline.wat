;;! summary = "a lock taken by the guest itself is one to the host, and a lock of the host's can be given back by the guest"
;;! clauses = ["mutex-3"]
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
  (elem (i32.const 1) $other)
  ;; What another thread is answered that tries to lock, and gives the mutex back if it can.
  (func $other (param i32) (result i32)
    (local $status i32)
    (if (i32.eqz (local.tee $status (call $lock (i32.const 8) (i64.const 0)))) (then
      (if (call $unlock (i32.const 8)) (then unreachable))))
    (local.get $status))
  (func $ask (result i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then unreachable))
    (i32.load (i32.const 20)))
  (func (export "main") (result i32)
    ;; Taken by the guest: BUSY to others, DEADLOCK to itself, and given back by the host.
    (if (i32.atomic.rmw.cmpxchg (i32.const 8) (i32.const 0) (i32.const 1)) (then (return (i32.const 1))))
    (if (i32.ne (call $ask) (i32.const 5)) (then (return (i32.const 2))))
    (if (i32.ne (call $lock (i32.const 8) (i64.const -1)) (i32.const 4)) (then (return (i32.const 3))))
    (if (call $unlock (i32.const 8)) (then (return (i32.const 4))))
    (if (call $ask) (then (return (i32.const 5))))
    ;; Taken by the host, and given back by the guest.
    (if (call $lock (i32.const 8) (i64.const -1)) (then (return (i32.const 6))))
    (if (i32.ne (i32.atomic.rmw.cmpxchg (i32.const 8) (i32.const 1) (i32.const 0)) (i32.const 1))
      (then (return (i32.const 7))))
    (if (call $ask) (then (return (i32.const 8))))
    (i32.const 0)))
