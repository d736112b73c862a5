;; A global that nothing writes, below which something is read: where a table ends, for instance. No mark of a linker's
;; is beside it.
(module
  (import "env" "memory" (memory 2 4 shared))
  (global (mut i32) (i32.const 65536))
  (func (export "last") (result i32)
    global.get 0
    i32.const 16
    i32.sub
    i32.load))
