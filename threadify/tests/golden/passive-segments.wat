;; Only passive segments: the start function stays.
(module
  (import "env" "memory" (memory 1 4 shared))
  (start $start)
  (func $start (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 7)))
  (data "passive"))
