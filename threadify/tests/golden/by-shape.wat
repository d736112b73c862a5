;; options: stack-check
;; No names at all: the stack pointer stands first, with the TLS base behind it, and goes down by a constant and up by the
;; same; the TLS function fills a block.
(module
  (import "env" "memory" (memory 2 4 shared))
  (global (mut i32) (i32.const 65536))
  (global (mut i32) (i32.const 0))
  (global (mut i32) (i32.const 7))
  (global (export "__tls_align") i32 (i32.const 4))
  (func (param i32)
    local.get 0
    global.set 1
    local.get 0
    i32.const 0
    i32.const 12
    memory.init 0)
  (func (export "f") (result i32) (local i32)
    global.get 0
    i32.const 32
    i32.sub
    local.tee 0
    global.set 0
    local.get 0
    i32.load
    local.get 0
    i32.const -32
    i32.sub
    global.set 0)
  (func (export "count")
    (global.set 2 (i32.sub (global.get 2) (i32.const 1))))
  (data "\00\01\02\03\04\05\06\07\08\09\0a\0b"))
