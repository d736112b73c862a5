;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 2 pages to 4, imported as env.memory
;;     0 waits and notifies
;;     imports env.memory: memory
;;     exports last: function () -> (i32)
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     0 waits and notifies call the host
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 2, maximum: 4 }, tls: None, stack: None, stack_checked: false, init: false, table: false, hooks: false, growable: true, reusable: true, functions: 1, instance_size: 4176 }
(module
  (type (;0;) (func (result i32)))
  (type (;1;) (func (param i32 i32 i32)))
  (type (;2;) (func))
  (import "env" "memory" (memory (;0;) 2 4 shared))
  (global (;0;) (mut i32) i32.const 65536)
  (export "last" (func 0))
  (export "raddle_enter" (func 1))
  (export "raddle_trap" (func 2))
  (func (;0;) (type 0) (result i32)
    global.get 0
    i32.const 16
    i32.sub
    i32.load
  )
  (func (;1;) (type 1) (param i32 i32 i32))
  (func (;2;) (type 2)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0d\03env\06memory\02\04\05\010\06\01\01\07\02\d0 ")
)
