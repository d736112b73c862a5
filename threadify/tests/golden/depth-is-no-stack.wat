;; Counters that go down and up again are no stack pointers: a frame is a multiple of 16 bytes.
(module
  (import "env" "memory" (memory 2 4 shared))
  (global (mut i32) (i32.const 100))
  (global (mut i32) (i32.const 200))
  (func (export "f")
    (global.set 0 (i32.sub (global.get 0) (i32.const 1)))
    (global.set 1 (i32.sub (global.get 1) (i32.const 4)))
    (global.set 1 (i32.add (global.get 1) (i32.const 4)))
    (global.set 0 (i32.add (global.get 0) (i32.const 1)))))
