;; A counter is used as a stack pointer is, but it has a name of its own, and so has the other one.
(module
  (memory 1 1 shared)
  (global $depth (mut i32) (i32.const 65536))
  (global (export "level") (mut i32) (i32.const 65536))
  (func (param i32)
    (global.set 0 (local.tee 0 (i32.sub (global.get 0) (i32.const 16))))
    (global.set 0 (i32.add (local.get 0) (i32.const 16))))
  (func (param i32)
    (global.set 1 (local.tee 0 (i32.sub (global.get 1) (i32.const 16))))
    (global.set 1 (i32.add (local.get 0) (i32.const 16)))))
