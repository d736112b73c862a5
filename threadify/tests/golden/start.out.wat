;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 1 pages to 4, imported as env.memory
;;     0 waits and notifies
;;     imports env.memory: memory
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     0 waits and notifies call the host
;;     every thread needs a new instance, because threads may leave something in theirs: in a global, a table, a segment or an object, or by a start function that is not the linker's
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 1, maximum: 4 }, tls: None, stack: None, stack_checked: false, init: false, table: false, hooks: false, growable: true, reusable: false, functions: 1, instance_size: 4128 }
(module
  (type (;0;) (func))
  (type (;1;) (func (param i32 i32 i32)))
  (type (;2;) (func))
  (import "env" "memory" (memory (;0;) 1 4 shared))
  (export "raddle_enter" (func 1))
  (export "raddle_trap" (func 2))
  (func $start (;0;) (type 0)
    i32.const 0
    i32.const 1
    i32.store
  )
  (func (;1;) (type 1) (param i32 i32 i32)
    call $start
  )
  (func (;2;) (type 2)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0d\03env\06memory\01\04\05\01\10\06\01\01\07\02\a0 ")
)
