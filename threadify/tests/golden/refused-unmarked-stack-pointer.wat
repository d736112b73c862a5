;; A counter, or the stack pointer of an unknown linker: nothing says which.
(module
  (memory 1 1 shared)
  (global (mut i32) (i32.const 65536))
  (func (param i32)
    (global.set 0 (local.tee 0 (i32.sub (global.get 0) (i32.const 16))))
    (global.set 0 (i32.add (local.get 0) (i32.const 16)))))
