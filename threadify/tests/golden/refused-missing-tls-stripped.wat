;; Nothing is named; the linker puts __tls_base behind the stack pointer.
(module
  (@custom "target_features" "\00")
  (memory 1 1 shared)
  (global (export "__stack_pointer") (mut i32) (i32.const 65536))
  (global (mut i32) (i32.const 0))
  (func (result i32) (i32.load (global.get 1))))
