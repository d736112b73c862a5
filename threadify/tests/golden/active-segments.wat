;; Active segments are written once, by raddle_init, in their order; then it runs the start function.
(module
  (import "env" "base" (global $base i32))
  (import "env" "memory" (memory 1 4 shared))
  (start $start)
  (func $start)
  (data (i32.const 16) "first")
  (data "passive")
  (data (offset (global.get $base)) "second")
  (data (offset (i32.add (global.get $base) (i32.const 8))) "third")
  (data (i32.const 65536) ""))
