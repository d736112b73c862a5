;; Spawns threads that wait until a spawn is refused; returns how many there are, plus 100 times the status.
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1)))
    (i32.const 0))
  (func (export "main")
    (local $count i32) (local $status i32)
    (loop $next
      (local.set $status (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)))
      (if (i32.eqz (local.get $status))
        (then
          (local.set $count (i32.add (local.get $count) (i32.const 1)))
          (br $next))))
    (call $exit (i32.add (local.get $count) (i32.mul (i32.const 100) (local.get $status))))))
