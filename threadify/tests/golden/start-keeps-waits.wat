;; The start function keeps its waits. What it calls may wait before the host has set the hooks: the helper then does what
;; the instruction did.
(module
  (import "env" "memory" (memory 1 4 shared))
  (start $start)
  (func $start
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))
    (call $lock))
  (func $lock
    (drop (memory.atomic.wait32 offset=4 (i32.const 0) (i32.const 1) (i64.const -1)))))
