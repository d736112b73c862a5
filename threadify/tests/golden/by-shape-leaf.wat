;; Only leaf functions, which use the red zone: the first global, with the TLS base behind it, which nothing writes, with
;; frames below it.
(module
  (import "env" "memory" (memory 2 4 shared))
  (global (mut i32) (i32.const 65536))
  (global (mut i32) (i32.const 0))
  (func (export "f") (result i32)
    global.get 0
    i32.const 16
    i32.sub
    i32.load))
