;; The same as unoptimised code has it, behind a local variable; and a growth by something, which is none.
(module
  (import "env" "memory" (memory 1 4 shared))
  (func (export "more") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "end") (result i32) (local i32 i32 i32)
    (local.set 2 (i32.const 0))
    (memory.grow (local.get 2))))
