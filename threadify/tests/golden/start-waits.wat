;; The start function and what it calls wait. So raddle_init calls it, when the host has filled the hooks.
(module
  (import "env" "memory" (memory 1 4 shared))
  (start $start)
  (func $start
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))
    (call $lock))
  (func $lock
    (drop (memory.atomic.wait32 offset=4 (i32.const 0) (i32.const 1) (i64.const -1)))))
